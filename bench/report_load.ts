import type { Row } from '../src/core/table.ts'
import { duckdbWarehouse } from '../src/warehouses/duckdb.ts'
import { postgresWarehouse } from '../src/warehouses/postgres.ts'
import { BENCH_ADVERTISER, BENCH_TABLE, PAGES, ROWS, readAnswer, rowsOf } from './report_pages.ts'

/**
 * A program of its own, so that its memory can be told: reads the answers of a folder and loads them, or only parses them.
 * `report_load.ts <folder> parse|duckdb|postgres <path or url> <schema>` → `{ rowsPerSecond, peakBytes }`
 */
const [folder = '', what = '', place = '', schema = ''] = process.argv.slice(2)

const start = performance.now()
if (what === 'parse') parseOnly()
else await loadAll()
const seconds = (performance.now() - start) / 1000
const peakBytes = process.resourceUsage().maxRSS * 1024
process.stdout.write(JSON.stringify({ rowsPerSecond: ROWS / seconds, peakBytes }))

function parseOnly(): void {
  let rows = 0
  for (let page = 0; page < PAGES; page++) rows += readAnswer(folder, page).data.list.length
  if (rows !== ROWS) throw new Error(`Cannot measure: ${rows} rows instead of ${ROWS}`)
}

async function loadAll(): Promise<void> {
  const warehouse = what === 'duckdb' ? duckdbWarehouse(place) : postgresWarehouse(place)
  await warehouse.change(schema, [{ kind: 'create_table', table: BENCH_TABLE }])
  const { added } = await warehouse.load({
    schema,
    table: BENCH_TABLE,
    advertiserId: BENCH_ADVERTISER,
    days: { from: '2026-02-01', to: '2026-02-28' },
    pages: pages(),
    run: { id: 'bench', at: 0 },
    isFinal: false,
    acceptsEmpty: false,
  })
  await warehouse.close()
  if (added !== ROWS) throw new Error(`Cannot measure: ${added} rows were added instead of ${ROWS}`)
}

async function* pages(): AsyncGenerator<readonly Row[]> {
  for (let page = 0; page < PAGES; page++) yield rowsOf(readAnswer(folder, page))
}
