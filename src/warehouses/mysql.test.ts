import assert from 'node:assert/strict'
import { test } from 'node:test'
import { askMysql, findMysql } from '../../test/mysql.ts'
import { testWarehouse } from '../../test/warehouse_suite.ts'
import { CallError } from '../core/errors.ts'
import { mysqlWarehouse } from './mysql.ts'

const { url, skip } = await findMysql()
let schemas = 0

testWarehouse(
  'MySQL',
  async () => {
    const schema = `backbeat_test_${process.pid}_${++schemas}`
    const own = `${schema}_connections`
    await askMysql(url!, `create database ${own}`)
    const warehouse = mysqlWarehouse(`${url}/${own}`)
    return {
      warehouse,
      schema,
      async breakConnections() {
        const open = await askMysql(
          url!,
          `select id from information_schema.processlist where db in ('${schema}', '${own}')`,
        )
        for (const [id] of open) await askMysql(url!, `kill ${id}`)
      },
      async close() {
        await warehouse.close()
        await askMysql(url!, `drop database if exists ${schema}`)
        await askMysql(url!, `drop database ${own}`)
      },
    }
  },
  { skip, runs: 8 },
)

test('MySQL: nobody there and a wrong password are told apart', { skip }, async () => {
  const host = new URL(url!).host
  const codes = await Promise.all(['mysql://root@127.0.0.1:1', `mysql://nobody_of_ours:x@${host}`].map(codeOf))

  assert.deepEqual(codes, ['warehouse.unreachable', 'warehouse.access_denied'])
})

async function codeOf(address: string): Promise<string> {
  const warehouse = mysqlWarehouse(address)
  const [step] = await warehouse.check('tiktok_ads')
  assert.equal(step?.ok, false)
  const error = await warehouse.describe('tiktok_ads').catch((thrown: CallError) => thrown)
  await warehouse.close()
  return error instanceof CallError ? error.code : 'none'
}
