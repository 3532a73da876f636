import { askMysql, findMysql } from '../../test/mysql.ts'
import { testWarehouse } from '../../test/warehouse_suite.ts'
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
