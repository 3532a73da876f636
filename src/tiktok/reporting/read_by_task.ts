import { TransientError } from '../../core/errors.ts'
import type { ReportRow } from '../endpoints/report_integrated_get.ts'
import { reportTaskCheck } from '../endpoints/report_task_check.ts'
import { reportTaskCreate } from '../endpoints/report_task_create.ts'
import { type ReportFile, reportTaskDownload } from '../endpoints/report_task_download.ts'
import { ID_FILTERS } from './filter_rules.ts'
import { METRICS_MAX, whyNotMetric } from './metric_rules.ts'
import { QUERY_DEFAULTS, type ReportQuery } from './query.ts'
import { chunk, keyOf, type Piece, type ReportQuestion } from './question.ts'
import { asked, metricsOf, type Reading, type RowsRead } from './reading.ts'
import { WIRE_LEVEL } from './report_words.ts'
import { checkQuery } from './rules.ts'

const FIRST_WAIT_MS = 5_000
const WAIT_MAX_MS = 60_000
const WAIT_GROWTH = 1.5
/** A task that takes longer is stuck; a new one may not be. */
const PATIENCE_MS = 45 * 60_000
const TASKS_MAX = 2
const PAGE_SIZE = 1000

/**
 * Whether a piece can be ordered as a file. By country it cannot: files hold names of countries and no codes. Filters but
 * those by id cannot either, and a status is such a filter, so files may lack what has been deleted.
 */
export function isTaskLegal(question: ReportQuestion, piece: Piece): boolean {
  if (question.dimensions.includes('country_code') || piece.isTopView) return false
  return checkQuery({ ...taskQueryOf(question, piece), metrics: [] }).length === 0
}

/** Reads a piece by ordering it as a file, waiting for it and fetching it. Throws a TransientError when no file comes about. */
export async function* readByTask(reading: Reading, piece: Piece): AsyncGenerator<RowsRead, void, void> {
  const metrics = taskMetricsOf(reading, piece)
  const joined = new Map<string, ReportRow>()
  for (const part of chunk(metrics, METRICS_MAX)) {
    const file = await order(reading, piece, part)
    for (const row of rowsOf(file, reading.question, part)) {
      const key = keyOf(reading.question, row)
      const before = joined.get(key)
      joined.set(key, { dimensions: row.dimensions, metrics: { ...before?.metrics, ...row.metrics } })
    }
  }
  for (const rows of chunk([...joined.values()], PAGE_SIZE)) yield { rows, total: joined.size }
}

function taskQueryOf(
  { report_type, level, dimensions, filtering, isLifetime }: ReportQuestion,
  { days }: Piece,
): ReportQuery {
  return {
    ...QUERY_DEFAULTS,
    ...{ report_type, dimensions, filtering, isTask: true, query_lifetime: isLifetime },
    data_level: WIRE_LEVEL[level],
    start_date: days?.from ?? null,
    end_date: days?.to ?? null,
  }
}

/** The metrics that files hold; the others stay null, and the run's page says so. */
function taskMetricsOf(reading: Reading, piece: Piece): readonly string[] {
  const query = taskQueryOf(reading.question, piece)
  const metrics = metricsOf(reading)
  const dropped = metrics.filter((name) => whyNotMetric(name, query) !== null)
  if (dropped.length > 0) {
    const message = 'The report was ordered as a file, which does not hold these metrics'
    reading.reader.note({ kind: 'metrics_dropped', metrics: dropped, message })
  }
  return metrics.filter((name) => !dropped.includes(name))
}

async function order(reading: Reading, piece: Piece, metrics: readonly string[]): Promise<ReportFile> {
  const { filtering = [], ...rest } = asked(reading, piece, metrics)
  const ids = filtering.filter(({ field_name }) => ID_FILTERS.includes(field_name))
  const params = {
    ...rest,
    ...(ids.length > 0 && { filtering: ids }),
    output_format: 'CSV_STRING',
    enable_report_title_translation: false,
  } as const
  let lastWords = ''
  for (let tasks = 1; tasks <= TASKS_MAX; tasks += 1) {
    const { data: task_id } = await reading.reader.call(reportTaskCreate, params)
    const task = { task_id, advertiser_id: reading.advertiserId }
    const end = await waitFor(reading, task)
    if (end === null) return (await reading.reader.call(reportTaskDownload, task)).data
    lastWords = end
  }
  throw new TransientError('tiktok.task_failed', `Cannot read a report as a file: ${lastWords}; try again later`)
}

/** Null when the file is there, else why it will not come. */
async function waitFor({ reader }: Reading, task: { task_id: string; advertiser_id: string }): Promise<string | null> {
  const startedAt = reader.now()
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(WAIT_MAX_MS, waitMs * WAIT_GROWTH)) {
    const { status, message } = (await reader.call(reportTaskCheck, task)).data
    if (status === 'SUCCESS') return null
    if (status !== 'QUEUING' && status !== 'PROCESSING') return `the task ended as ${status} "${message}"`
    if (reader.now() - startedAt > PATIENCE_MS)
      return `the task is still ${status} after ${PATIENCE_MS / 60_000} minutes`
    await reader.wait(waitMs)
    reader.note({ kind: 'waited', waitedMs: waitMs, because: 'A report was ordered as a file' })
  }
}

function rowsOf(
  { heading, rows }: ReportFile,
  question: ReportQuestion,
  metrics: readonly string[],
): readonly ReportRow[] {
  const missing = question.dimensions.filter((name) => !heading.includes(name))
  if (missing.length > 0) {
    const message = `Cannot read a report as a file: its heading lacks ${missing.join(', ')}; try again later`
    throw new TransientError('tiktok.unreadable_answer', message)
  }
  const pick = (names: readonly string[], row: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, row[heading.indexOf(name)] ?? null]))
  return rows.map((row) => ({ dimensions: pick(question.dimensions, row), metrics: pick(metrics, row) }))
}
