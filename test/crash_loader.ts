// Started by tests as a program of its own, to be killed: `node test/crash_loader.ts FOLDER FIRST`. It loads the same rows
// of two months again and again, each time with the number of the load in all of them, and prints that number afterwards.
import { writeSync } from 'node:fs'
import type { Row } from '../src/core/table.ts'
import { filesWarehouse } from '../src/warehouses/files.ts'
import { ADVERTISER, DAILY, load } from './warehouse_tables.ts'

const [folder, first] = process.argv.slice(2)
const warehouse = filesWarehouse({ folder: folder!, format: 'parquet', now: Date.now })

const rowsOf = (number: number): readonly Row[] =>
  ['2026-03-31 00:00:00', '2026-04-01 00:00:00'].flatMap((day) =>
    Array.from({ length: 50 }, (_, i): Row => [String(i + 1), ADVERTISER, day, '1.5', String(number), null]),
  )

for (let number = Number(first); ; number++) {
  const days = { from: '2026-03-31', to: '2026-04-01' }
  await load(warehouse, { schema: 'tiktok_ads', table: DAILY, days, run: number }, rowsOf(number))
  writeSync(1, `${number}\n`)
}
