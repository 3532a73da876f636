import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readConfig } from '../config.ts'
import type { Row } from '../core/table.ts'
import { previewOf, withWarehouse } from './ask_warehouse.ts'
import { aServer } from './testing.ts'

const never = new AbortController().signal

test('a preview ends with its last row, and leaves the query alone then', async () => {
  let pagesRead = 0
  async function* pages(): AsyncGenerator<readonly Row[]> {
    for (const page of [[['1'], ['2']], [['3'], ['4']], [['5']]]) {
      pagesRead++
      yield page
    }
  }
  const columns = [{ name: 'n', type: null, nativeType: 'HUGEINT' }]
  const preview = (limit: number) => previewOf({ columns, pages: pages() }, limit, never)

  assert.deepEqual(await preview(3), {
    columns: [{ name: 'n', type: 'HUGEINT' }],
    rows: [['1'], ['2'], ['3']],
    total: null,
  })
  assert.equal(pagesRead, 2)
  assert.deepEqual((await preview(5)).total, 5)
  assert.deepEqual((await preview(9)).rows.length, 5)
})

test('a warehouse that takes too long is told from one that fails', async (t) => {
  const { store, folder } = await aServer(t)
  const context = { store, config: readConfig({ BACKBEAT_DATA: folder }) }
  const stored = { name: 'main', spec: { type: 'duckdb', path: 'main.duckdb' } }
  const ended = Promise.withResolvers<void>()

  const slow = withWarehouse(
    context,
    stored,
    async (_warehouse, isOver) => {
      await ended.promise
      isOver.throwIfAborted()
    },
    20,
  )

  await assert.rejects(slow, { code: 'api.slow', status: 504 })
  ended.resolve()
  await assert.rejects(
    withWarehouse(context, stored, () => Promise.reject(new Error('broken'))),
    /broken/,
  )
})
