import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { findPostgres, makeSchema } from '../test/postgres.ts'
import { type Bench, type Figure, inTurns, median } from './figure.ts'
import { inFolder } from './processes.ts'
import { METRICS, ROWS, writeAnswers } from './report_pages.ts'

const ROUNDS = 3
const PROGRAM = join(import.meta.dirname, 'report_load.ts')
const FLOOR = 20_000
const AIM = 80_000
const MEBIBYTE = 2 ** 20

/** TikTok's answers → rows → the embedded warehouse, against parsing the answers only. */
export const reportRowsDuckdb: Bench = {
  name: 'report_rows_duckdb',
  about: `Report rows with ${METRICS} metrics into DuckDB, ${ROWS} of them`,
  run: () =>
    inFolder(async (folder) => {
      writeAnswers(folder)
      const path = join(folder, 'bench.duckdb')
      const peaks: number[] = []
      const speed = await inTurns(
        ROUNDS,
        () => {
          rmSync(path, { force: true })
          const { rowsPerSecond, peakBytes } = measure(folder, 'duckdb', path, 'tiktok_ads')
          peaks.push(peakBytes)
          return rowsPerSecond
        },
        () => measure(folder, 'parse').rowsPerSecond,
      )
      return [rows('report_rows_duckdb', speed), memory(peaks)]
    }),
}

/** The same into PostgreSQL. */
export const reportRowsPostgres: Bench = {
  name: 'report_rows_postgres',
  about: `Report rows with ${METRICS} metrics into PostgreSQL, ${ROWS} of them`,
  run: () =>
    inFolder(async (folder) => {
      const { url, skip } = await findPostgres()
      if (url === null) throw new Error(`Cannot measure: ${skip}`)
      writeAnswers(folder)
      const speed = await inTurns(
        ROUNDS,
        async () => {
          const { schema, drop } = await makeSchema(url)
          const { rowsPerSecond } = measure(folder, 'postgres', url, schema)
          await drop()
          return rowsPerSecond
        },
        () => measure(folder, 'parse').rowsPerSecond,
      )
      return [rows('report_rows_postgres', speed)]
    }),
}

const rows = (name: string, speed: Pick<Figure, 'value' | 'limit' | 'ratio'>): Figure => ({
  name,
  unit: 'rows/s',
  floor: FLOOR,
  aim: AIM,
  ...speed,
})

const memory = (peaks: readonly number[]): Figure => ({
  name: 'report_rows_memory',
  value: median(peaks) / MEBIBYTE,
  unit: 'MB',
  floor: 1024,
  aim: 512,
  limit: null,
  ratio: null,
  isCost: true,
})

function measure(...parameters: readonly string[]): { readonly rowsPerSecond: number; readonly peakBytes: number } {
  const { stdout, stderr, status } = spawnSync(process.execPath, [PROGRAM, ...parameters], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`Cannot measure: ${stderr}`)
  return JSON.parse(stdout)
}
