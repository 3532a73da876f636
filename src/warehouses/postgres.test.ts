import assert from 'node:assert/strict'
import { test } from 'node:test'
import { askPostgres, findPostgres } from '../../test/postgres.ts'
import { testWarehouse } from '../../test/warehouse_suite.ts'
import { CallError } from '../core/errors.ts'
import { postgresWarehouse } from './postgres.ts'

const { url, skip } = await findPostgres()
let schemas = 0

testWarehouse(
  'PostgreSQL',
  async () => {
    const schema = `backbeat_test_${process.pid}_${++schemas}`
    const warehouse = postgresWarehouse(`${url}?application_name=${schema}`)
    return {
      warehouse,
      schema,
      breakConnections: () =>
        askPostgres(
          url!,
          `select pg_terminate_backend(pid) from pg_stat_activity where application_name = '${schema}'`,
        ),
      async close() {
        await warehouse.close()
        await askPostgres(url!, `drop schema if exists ${schema} cascade`)
      },
    }
  },
  { skip, runs: 8 },
)

test('PostgreSQL: nobody there, a wrong password and a missing database are told apart', { skip }, async () => {
  const host = new URL(url!).host
  const codes = await Promise.all(
    ['postgres://postgres@127.0.0.1:1/test', `postgres://nobody_of_ours:x@${host}/test`, `${url}_of_nobody`].map(
      codeOf,
    ),
  )

  assert.deepEqual(codes, ['warehouse.unreachable', 'warehouse.access_denied', 'warehouse.missing'])
})

async function codeOf(address: string): Promise<string> {
  const warehouse = postgresWarehouse(address)
  const [step] = await warehouse.check('tiktok_ads')
  assert.equal(step?.ok, false)
  const error = await warehouse.describe('tiktok_ads').catch((thrown: CallError) => thrown)
  await warehouse.close()
  return error instanceof CallError ? error.code : 'none'
}
