import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Table } from '../../../src/server/contract_streams.ts'
import { withContract } from './column_types.ts'

test('an id that the warehouse takes for a number is an id, by the contract or by its name', () => {
  const table = { columns: [{ name: 'spend', type: 'money' }] } as unknown as Table
  const columns = ['spend', 'ad_id', 'id', 'paid', 'clicks'].map((name) => ({ name, type: 'integer' }))

  assert.deepEqual(
    withContract({ columns, rows: [], total: null }, table).columns.map(({ type }) => type),
    ['money', 'id', 'id', 'integer', 'integer'],
  )
})
