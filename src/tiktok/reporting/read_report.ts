import { RefusedError } from '../../core/errors.ts'
import type { DayRange } from '../../core/stream.ts'
import { reportIntegratedGet } from '../endpoints/report_integrated_get.ts'
import {
  aFilter,
  CAMPAIGNS_MAX,
  chunk,
  cutDays,
  daysToCut,
  namesObjects,
  type Piece,
  paramsOf,
  type ReportQuestion,
} from './question.ts'
import { readAtOnce } from './read_at_once.ts'
import { isTaskLegal, readByTask } from './read_by_task.ts'
import { type Ending, type Reading, type RowsRead, tellRefused } from './reading.ts'
import { asCallError, isTooBig } from './refusals.ts'
import { memoryOf } from './run_memory.ts'

/**
 * All rows of a report of one advertiser over some days; null: over its whole life. Rows may come twice, and then the later
 * one counts. What TikTok cuts short or takes too long for is read in smaller pieces: fewer days, then fewer campaigns, then
 * as a file. Throws a CallError; nothing of what came counts then.
 */
export async function* readReport(reading: Reading, days: DayRange | null): AsyncGenerator<RowsRead, void, void> {
  const whole = { days, campaignIds: null, isTopView: false }
  tellRefused(reading)
  yield* readPiece(reading, whole)
  if (isWithoutTopView(reading.question)) return
  if (await hasTopView(reading)) yield* readPiece(reading, { ...whole, isTopView: true })
}

/** Advertisers' own rows hold everything, and a person who filters by buying type knows what to ask for. */
const isWithoutTopView = (question: ReportQuestion): boolean =>
  !namesObjects(question) || question.filtering.some(({ field_name }) => field_name === 'buying_type')

async function* readPiece(reading: Reading, piece: Piece): AsyncGenerator<RowsRead, void, void> {
  const ending = yield* readAtOnce(reading, piece)
  if (ending.kind === 'done') return
  const parts = await smallerPieces(reading, piece, ending)
  if (parts !== null) {
    for (const part of parts) yield* readPiece(reading, part)
    return
  }
  if (!isTaskLegal(reading.question, piece)) throw lastError(ending)
  yield* readByTask(reading, piece)
}

type Trouble = Exclude<Ending, { readonly kind: 'done' }>

/** The same rows in pieces that are easier to read; null when the piece is as small as can be. */
async function smallerPieces(reading: Reading, piece: Piece, ending: Trouble): Promise<readonly Piece[] | null> {
  const { question, reader } = reading
  const days = daysToCut(question, piece)
  if (ending.kind === 'long' && days !== null) return byDays(piece, days, ending.parts)
  if (ending.kind === 'too_big' && days !== null) return byDays(piece, days, 2)
  if (ending.kind === 'truncated') reader.note({ kind: 'truncated', message: `${ending.message} It is read in parts` })
  return namesObjects(question) ? byCampaigns(reading, piece) : null
}

const byDays = (piece: Piece, days: DayRange, parts: number): readonly Piece[] =>
  cutDays(days, parts).map((part) => ({ ...piece, days: part }))

async function byCampaigns(reading: Reading, piece: Piece): Promise<readonly Piece[] | null> {
  const known = piece.campaignIds
  if (known !== null) {
    return known.length > 1 ? withCampaigns(piece, chunk(known, Math.ceil(known.length / 2))) : null
  }
  const ids = await readCampaignIds(reading, piece)
  return ids === null || ids.length === 0 ? null : withCampaigns(piece, chunk(ids, CAMPAIGNS_MAX))
}

const withCampaigns = (piece: Piece, lists: readonly (readonly string[])[]): readonly Piece[] =>
  lists.map((campaignIds) => ({ ...piece, campaignIds }))

/** The campaigns that have rows in a piece; null when TikTok cannot list them all either. */
async function readCampaignIds(reading: Reading, piece: Piece): Promise<readonly string[] | null> {
  if (reading.question.level === 'campaign') return null
  const question: ReportQuestion = {
    report_type: 'BASIC',
    level: 'campaign',
    dimensions: ['campaign_id'],
    metrics: ['spend', 'impressions'],
    filtering: reading.question.filtering.filter(({ field_name }) => field_name === 'campaign_ids'),
    isLifetime: piece.days === null,
  }
  const ids = new Set<string>()
  const pages = readAtOnce({ ...reading, question }, piece)
  for (;;) {
    const { done, value } = await pages.next()
    if (done) return value.kind === 'done' ? [...ids] : null
    for (const { dimensions } of value.rows) ids.add(String(dimensions['campaign_id']))
  }
}

function lastError(ending: Trouble): Error {
  if (ending.kind === 'too_big') return ending.error
  const what = ending.kind === 'truncated' ? ending.message : `it has rows for ${ending.parts} parts`
  return new RefusedError(
    'tiktok.truncated',
    `Cannot read a report: TikTok cuts it short, and it cannot be asked for in smaller parts: ${what}`,
  )
}

/** Whether an advertiser has TopView ads at all; asked once for each run. */
function hasTopView(reading: Reading): Promise<boolean> {
  const { topView } = memoryOf(reading.reader)
  const known = topView.get(reading.advertiserId)
  if (known !== undefined) return known
  const asking = askForTopView(reading)
  topView.set(reading.advertiserId, asking)
  asking.catch(() => topView.delete(reading.advertiserId))
  return asking
}

async function askForTopView({ reader, advertiserId }: Reading): Promise<boolean> {
  const question: ReportQuestion = {
    report_type: 'BASIC',
    level: 'campaign',
    dimensions: ['campaign_id'],
    metrics: ['spend'],
    filtering: [aFilter('buying_type', ['RESERVATION_TOP_VIEW'])],
    isLifetime: true,
  }
  const piece = { days: null, campaignIds: null, isTopView: false }
  const params = paramsOf(question, piece, { advertiserId, metrics: question.metrics, without: new Set() })
  try {
    return (await reader.call(reportIntegratedGet, { ...params, page: 1, page_size: 1 })).data.total_number > 0
  } catch (error) {
    if (isTooBig(asCallError(error))) return true
    // An advertiser whom TikTok does not let ask for TopView has none.
    if (error instanceof RefusedError) return false
    throw error
  }
}
