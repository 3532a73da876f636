import { askPostgres, findPostgres } from '../../test/postgres.ts'
import { testWarehouse } from '../../test/warehouse_suite.ts'
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
