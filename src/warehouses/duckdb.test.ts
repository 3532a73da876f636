import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { after } from 'node:test'
import { tempFolder } from '../../test/temp_folder.ts'
import { testWarehouse } from '../../test/warehouse_suite.ts'
import { duckdbWarehouse } from './duckdb.ts'

const folder = tempFolder({ after })
let files = 0

testWarehouse(
  'DuckDB',
  async () => {
    const path = join(folder, `${++files}.duckdb`)
    const warehouse = duckdbWarehouse(path)
    return {
      warehouse,
      schema: 'tiktok_ads',
      breakConnections: null,
      async close() {
        await warehouse.close()
        rmSync(path, { force: true })
      },
    }
  },
  { skip: false, runs: 20 },
)
