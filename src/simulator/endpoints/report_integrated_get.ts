import { type Answer, accepted, refused } from '../answer.ts'
import { CODE } from '../codes.ts'
import { MESSAGE } from '../messages.ts'
import { refuseReport } from '../reports/check_report.ts'
import { viewOf } from '../reports/prepare.ts'
import type { ReportQuery } from '../reports/query.ts'
import { readQuery } from '../reports/read_query.ts'
import { sourcesOf } from '../reports/reporting.ts'
import { TooManyRows } from '../reports/row_index.ts'
import { rowCount, rowsOf, totalsOf } from '../reports/rows.ts'
import type { Simulation } from '../simulation.ts'
import type { Endpoint } from './endpoint.ts'

/** Seen word for word, "id's" included. */
const CUT_HEADER = {
  'x-tt-ads-throttle':
    "Number of ad ids is equal or more than 20k, only return the top 20k id's results, sorting by create time desc order.",
}

function answerReport(query: ReportQuery, simulation: Simulation, now: number): Answer {
  const sources = sourcesOf(simulation)
  const prepared = simulation.reporting.prepared.get(query, sources, now)
  const view = viewOf(query, sources.received, sources.world.settings, now)
  const total = rowCount(query, prepared, view)
  const { page, pageSize } = query.isChunk ? { page: 1, pageSize: Math.max(1, total) } : query
  const list = [...rowsOf(query, prepared, view, { ...sources, now }, (page - 1) * pageSize, page * pageSize)]
  const page_info = { page, page_size: pageSize, total_number: total, total_page: Math.ceil(total / pageSize) }
  const totals = query.hasTotals ? { total_metrics: totalsOf(query, prepared, view) } : {}
  return { ...accepted({ list, page_info, ...totals }), ...(prepared.isCut && { headers: CUT_HEADER }) }
}

/** `GET /report/integrated/get/`: a page of a report. Source: API reference, "Run a synchronous report". */
export const reportIntegratedGet: Endpoint = (call, grant, simulation) => {
  const penalty = simulation.reporting.timeOuts.refuse(call, simulation.rate)
  if (penalty !== null) return penalty
  const query = readQuery(call.query)
  if ('code' in query) return query
  const notAllowed = refuseReport(query, grant, simulation)
  if (notAllowed !== null) return notAllowed
  try {
    return answerReport(query, simulation, call.at)
  } catch (error) {
    if (error instanceof TooManyRows) return refused(CODE.QUERY_TOO_BIG, MESSAGE.tooManyRows)
    throw error
  }
}
