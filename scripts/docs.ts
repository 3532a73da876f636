import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { apiPage } from './docs/api_page.ts'
import { cliPage } from './docs/cli_page.ts'
import { configPage } from './docs/config_page.ts'
import { dataContract } from './docs/data_contract.ts'
import { destinationsPage } from './docs/destinations_page.ts'
import { errorsPage } from './docs/errors_page.ts'
import { presetsPage } from './docs/presets_page.ts'
import { reportsPage } from './docs/reports_page.ts'
import { streamsPage } from './docs/streams_page.ts'
import { warehousesPage } from './docs/warehouses_page.ts'

/** Files of docs/reference, each written from the code it is about. */
const FILES: Readonly<Record<string, () => string>> = {
  'api.md': apiPage,
  'cli.md': cliPage,
  'config.md': configPage,
  'data_contract.json': dataContract,
  'destinations.md': destinationsPage,
  'errors.md': errorsPage,
  'presets.md': presetsPage,
  'reports.md': reportsPage,
  'streams.md': streamsPage,
  'warehouses.md': warehousesPage,
}

const FOLDER = join(import.meta.dirname, '../docs/reference')

const isFresh = (path: string, text: string): boolean => existsSync(path) && readFileSync(path, 'utf8') === text

const stale = Object.entries(FILES)
  .map(([name, write]) => ({ path: join(FOLDER, name), text: write() }))
  .filter(({ path, text }) => !isFresh(path, text))

if (process.argv.includes('--check')) {
  for (const { path } of stale) console.error(`${path} is not what the code says; run "npm run docs"`)
  process.exitCode = stale.length > 0 ? 1 : 0
} else {
  mkdirSync(FOLDER, { recursive: true })
  for (const { path, text } of stale) writeFileSync(path, text)
}
