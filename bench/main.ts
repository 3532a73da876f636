import { spawnSync } from 'node:child_process'
import { cpus, totalmem } from 'node:os'
import { eventsEndToEnd } from './events_end_to_end.ts'
import type { Bench, Figure } from './figure.ts'
import { ingestBatch, ingestSingle } from './ingest.ts'
import { reportCalls } from './report_calls.ts'
import { reportRowsDuckdb, reportRowsPostgres } from './report_rows.ts'
import { startReady } from './start_ready.ts'
import { transform } from './transform.ts'

const BENCHES: readonly Bench[] = [
  transform,
  ingestSingle,
  ingestBatch,
  eventsEndToEnd,
  startReady,
  reportRowsDuckdb,
  reportRowsPostgres,
  reportCalls,
]

const parameters = process.argv.slice(2)
const asJson = parameters.includes('--json')
const names = parameters.filter((parameter) => !parameter.startsWith('--'))
const unknown = names.find((name) => !BENCHES.some((bench) => bench.name === name))
if (unknown) {
  process.stderr.write(`There is no bench "${unknown}"; known are ${BENCHES.map(({ name }) => name).join(', ')}\n`)
  process.exit(2)
}

const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`
const commit = spawnSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).stdout.trim()
process.stderr.write(`${machine}\n`)

const figures: Figure[] = []
for (const bench of BENCHES.filter(({ name }) => names.length === 0 || names.includes(name))) {
  process.stderr.write(`── ${bench.about}\n`)
  for (const figure of await bench.run()) {
    figures.push(figure)
    process.stderr.write(`${describe(figure)}\n`)
  }
}
if (asJson) process.stdout.write(`${JSON.stringify({ machine, commit, figures })}\n`)

function describe({ name, value, unit, floor, aim, limit, ratio, isCost = false }: Figure): string {
  const holds = isCost ? value <= floor : value >= floor
  const against = limit === null ? '' : `, bare ${round(limit)}, ratio ${ratio!.toFixed(2)}`
  return `${holds ? '✓' : '✗'} ${name}: ${round(value)} ${unit} (floor ${round(floor)}, aim ${round(aim)}${against})`
}

function round(value: number): string {
  return value >= 1000 ? Math.round(value).toLocaleString('en-US') : value.toPrecision(3)
}
