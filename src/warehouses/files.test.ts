import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { after } from 'node:test'
import { tempFolder } from '../../test/temp_folder.ts'
import { testWarehouse } from '../../test/warehouse_suite.ts'
import { filesWarehouse } from './files.ts'
import { FILE_FORMATS } from './files_format.ts'

const root = tempFolder({ after })
let folders = 0

for (const format of FILE_FORMATS)
  testWarehouse(
    `Files (${format})`,
    async () => {
      const folder = join(root, String(++folders))
      const warehouse = filesWarehouse({ folder, format, now: Date.now })
      return {
        warehouse,
        schema: 'tiktok_ads',
        breakConnections: null,
        async close() {
          await warehouse.close()
          rmSync(folder, { recursive: true, force: true })
        },
      }
    },
    { skip: false, runs: 10 },
  )
