import { TransientError } from '../../core/errors.ts'
import { type ReportRow, reportIntegratedGet } from '../endpoints/report_integrated_get.ts'
import { METRICS_MAX } from './metric_rules.ts'
import { chunk, daysToCut, keyOf, type Piece } from './question.ts'
import { asked, type Ending, learnFrom, metricsOf, type PieceRead, type Reading, type RowsRead } from './reading.ts'
import { asCallError, isTooBig } from './refusals.ts'
import { memoryOf } from './run_memory.ts'

const PAGE_SIZE = 1000 // most that /report/integrated/get/ returns

/** Ours: more rows than this are read in shorter pieces, so that few of them move and all keys fit in the memory. */
const PIECE_ROWS_MAX = 100_000
/** Ours: cells of rows that wait in the memory until the calls for all their metrics are made. */
const JOINED_CELLS_MAX = 2_000_000
const PASSES_MAX = 3

const DONE = { kind: 'done' } as const

/** Reads a piece page by page, without the metrics that TikTok refuses. */
export async function* readAtOnce(reading: Reading, piece: Piece): PieceRead {
  for (;;) {
    try {
      const parts = chunk(metricsOf(reading), METRICS_MAX)
      return yield* parts.length === 1 ? readSteadily(reading, piece, parts[0]!) : readJoined(reading, piece, parts)
    } catch (thrown) {
      const error = asCallError(thrown)
      if (isTooBig(error)) return { kind: 'too_big', error }
      await learnFrom(error, reading, piece)
    }
  }
}

/** One time through all pages. */
interface Pass {
  readonly kind: 'pass'
  readonly keys: ReadonlySet<string>
  /** Rows there were at the end. */
  readonly total: number
  /** As many rows came as there were, from the first page to the last. */
  readonly isSteady: boolean
}

/**
 * Reads all pages, and again when rows moved from one page to another meanwhile, which changes how many there are or gives
 * one twice and another not at all. What came before stays; the last of equal rows counts. Throws a TransientError when
 * rows are still missing after three times.
 */
async function* readSteadily(reading: Reading, piece: Piece, metrics: readonly string[]): PieceRead {
  const seen = new Set<string>()
  let before: Pass | null = null
  for (let passes = 1; ; passes += 1) {
    const pass: Pass | Ending = yield* readPass(reading, piece, metrics)
    if (pass.kind !== 'pass') return pass
    if (pass.isSteady && pass.keys.size >= pass.total) return DONE
    for (const key of pass.keys) seen.add(key)
    if (before !== null && isComplete(pass, before, seen)) return DONE
    before = pass
    const message = `${seen.size} of ${pass.total} rows came, since rows moved while they were read`
    if (passes === PASSES_MAX)
      throw new TransientError('tiktok.rows_moved', `Cannot read a report: ${message}; try again later`)
    reading.reader.note({ kind: 'shifted', message: `${message}; they are read again` })
  }
}

/** All rows have come at one time or another; or TikTok gives some rows twice whenever it is asked. */
const isComplete = (pass: Pass, before: Pass, seen: ReadonlySet<string>): boolean =>
  seen.size >= pass.total || (pass.isSteady && before.isSteady && pass.keys.size === before.keys.size)

async function* readPass(
  reading: Reading,
  piece: Piece,
  metrics: readonly string[],
): AsyncGenerator<RowsRead, Pass | Ending, void> {
  const { reader, question } = reading
  const params = asked(reading, piece, metrics)
  const call = (page: number) => reader.call(reportIntegratedGet, { ...params, page, page_size: PAGE_SIZE })
  const keys = new Set<string>()
  let total: number | null = null
  let received = 0
  let next = call(1)
  for (let page = 1; ; page += 1) {
    const { data, truncation } = await next
    if (truncation !== null) return { kind: 'truncated', message: truncation }
    const parts = Math.ceil(data.total_number / rowsMaxOf(reading))
    if (page === 1 && parts > 1 && daysToCut(question, piece) !== null) return { kind: 'long', parts }
    total ??= data.total_number
    received += data.rows.length
    const isLast = data.rows.length === 0 || received >= data.total_number
    if (!isLast) next = inAdvance(call(page + 1))
    for (const row of data.rows) keys.add(keyOf(question, row))
    tellUnknownFields(reading, metrics, data.rows[0])
    if (data.rows.length > 0) yield { rows: data.rows, total }
    if (!isLast) continue
    const isSteady = total === data.total_number && received === total
    return { kind: 'pass', keys, total: data.total_number, isSteady }
  }
}

function rowsMaxOf(reading: Reading): number {
  const { length } = metricsOf(reading)
  return length > METRICS_MAX ? Math.ceil(JOINED_CELLS_MAX / length) : PIECE_ROWS_MAX
}

/** A call whose answer is awaited later, or never when reading ends before; then its failure is nobody's concern. */
function inAdvance<Result>(call: Promise<Result>): Promise<Result> {
  call.catch(() => {})
  return call
}

/**
 * Reads each part of the metrics by itself, and gives rows that hold all of them. TikTok leaves out rows in which nothing
 * that was asked for happened, so that a row may lack a part.
 */
async function* readJoined(reading: Reading, piece: Piece, parts: readonly (readonly string[])[]): PieceRead {
  const joined = new Map<string, ReportRow>()
  for (const metrics of parts) {
    const ending = await join(reading, readSteadily(reading, piece, metrics), joined)
    if (ending.kind !== 'done') return ending
  }
  for (const rows of chunk([...joined.values()], PAGE_SIZE)) yield { rows, total: joined.size }
  return DONE
}

async function join({ question }: Reading, pages: PieceRead, joined: Map<string, ReportRow>): Promise<Ending> {
  for (;;) {
    const { done, value } = await pages.next()
    if (done) return value
    for (const { dimensions, metrics } of value.rows) {
      const key = keyOf(question, { dimensions })
      joined.set(key, { dimensions, metrics: { ...joined.get(key)?.metrics, ...metrics } })
    }
  }
}

/** Fields that nobody asked for, each told once. */
function tellUnknownFields(
  { reader, question }: Reading,
  metrics: readonly string[],
  row: ReportRow | undefined,
): void {
  if (row === undefined) return
  const { fields } = memoryOf(reader)
  const unknown = [
    ...Object.entries(row.dimensions).filter(([name]) => !question.dimensions.includes(name)),
    ...Object.entries(row.metrics).filter(([name]) => !metrics.includes(name)),
  ]
  for (const [field, sample] of unknown.filter(([name]) => !fields.has(name))) {
    fields.add(field)
    reader.note({ kind: 'unknown_field', field, sample: String(sample) })
  }
}
