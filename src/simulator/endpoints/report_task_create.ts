import { refuseBody } from '../access.ts'
import { type Answer, accepted, refused } from '../answer.ts'
import { CODE } from '../codes.ts'
import { isObject, type JsonObject } from '../json.ts'
import { MESSAGE } from '../messages.ts'
import { refuseReport } from '../reports/check_report.ts'
import { readTaskQuery } from '../reports/read_query.ts'
import { OUTPUT_FORMATS, type OutputFormat, type ReportTask } from '../reports/tasks.ts'
import type { Simulation } from '../simulation.ts'
import type { Endpoint } from './endpoint.ts'

/** How the file shall be. */
type Output = Pick<ReportTask, 'format' | 'fileName' | 'hasTranslatedTitles'>

const NAME_MAX = 255
const NOT_IN_NAMES = /[/\t\b@#$%^&*()[\]]/

const invalid = (field: string, reason: string) => refused(CODE.PARAM_ERROR, MESSAGE.invalid(field, reason))

function readOutput(body: JsonObject): Output | Answer {
  const { output_format = 'CSV_STRING', file_name = ' ', enable_report_title_translation = true } = body
  const format = OUTPUT_FORMATS.find((known): known is OutputFormat => known === output_format)
  if (format === undefined) return invalid('output_format', `must be one of ${OUTPUT_FORMATS.join(', ')}`)
  if (typeof file_name !== 'string') return invalid('file_name', 'not a valid string')
  if (file_name.length > NAME_MAX || NOT_IN_NAMES.test(file_name))
    return invalid('file_name', `must be at most ${NAME_MAX} characters without / @ # $ % ^ & * ( ) [ ] and tabs`)
  if (typeof enable_report_title_translation !== 'boolean')
    return invalid('enable_report_title_translation', 'not a valid boolean')
  return { format, fileName: file_name.trim(), hasTranslatedTitles: enable_report_title_translation }
}

/** Whose bucket it is: tasks of all tokens of the app count together. */
const TASKS = 'report tasks'

const isOver = (count: number, most: number | 'none') => most !== 'none' && count >= most

function refuseMore(token: string, advertiserId: string, at: number, simulation: Simulation): Answer | null {
  const { report_tasks_per_second, report_tasks_per_day, report_tasks_per_account_hour } = simulation.world.settings
  const lately = simulation.reporting.tasks.countLately(token, advertiserId, at)
  if (isOver(lately.perDay, report_tasks_per_day) || isOver(lately.perAccountHour, report_tasks_per_account_hour))
    return refused(CODE.REQUEST_TOO_FREQUENT, MESSAGE.tooFrequent)
  if (report_tasks_per_second === 'none' || simulation.rate.take(TASKS, report_tasks_per_second, at)) return null
  return refused(CODE.REQUEST_TOO_FREQUENT, MESSAGE.appTooMany(report_tasks_per_second))
}

const QUEUED_PART = 0.25

/** `POST /report/task/create/`. Source: API reference, "Create an asynchronous report task". */
export const reportTaskCreate: Endpoint = (call, grant, simulation) => {
  const body = call.json()
  const unreadable = refuseBody(call.encoding, call.contentType, isObject(body), simulation.world)
  if (unreadable !== null || !isObject(body)) return unreadable ?? refused(CODE.PARAM_ERROR, MESSAGE.notJson)
  const query = readTaskQuery(body)
  if ('code' in query) return query
  const output = readOutput(body)
  if ('code' in output) return output
  const token = call.token!
  const refusal =
    refuseReport(query, grant, simulation) ?? refuseMore(token, query.advertiserIds[0] ?? '', call.at, simulation)
  if (refusal !== null) return refusal

  const { report_task_seconds, report_task_outcome } = simulation.world.settings
  const lengthMs = report_task_seconds * 1000
  const { id } = simulation.reporting.tasks.create({
    token,
    query,
    ...output,
    advertiserIds: query.advertiserIds,
    outcome: report_task_outcome,
    createdAt: call.at,
    startsAt: call.at + lengthMs * QUEUED_PART,
    endsAt: call.at + lengthMs,
  })
  return accepted({ task_id: id })
}
