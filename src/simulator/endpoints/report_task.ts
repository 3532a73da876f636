import { refuseAdvertiser } from '../access.ts'
import { type Answer, accepted, refused } from '../answer.ts'
import type { Call } from '../call.ts'
import { CODE } from '../codes.ts'
import { isObject } from '../json.ts'
import { MESSAGE } from '../messages.ts'
import { TooManyRows } from '../reports/row_index.ts'
import { fileOf } from '../reports/task_file.ts'
import type { ReportTask } from '../reports/tasks.ts'
import type { Simulation } from '../simulation.ts'
import { HOUR_MS } from '../world/calendar.ts'
import type { Grant } from '../world.ts'
import type { Endpoint, OpenEndpoint } from './endpoint.ts'

type Arguments = (name: string) => unknown

/** The task that a call names, or why it cannot be had. */
function taskOf(argument: Arguments, call: Call, grant: Grant, simulation: Simulation): ReportTask | Answer {
  const [id, advertiserId] = [argument('task_id'), argument('advertiser_id')]
  if (typeof id !== 'string' || id === '') return refused(CODE.PARAM_ERROR, MESSAGE.missing('task_id'))
  if (typeof advertiserId !== 'string' || advertiserId === '')
    return refused(CODE.PARAM_ERROR, MESSAGE.missing('advertiser_id'))
  const notAllowed = refuseAdvertiser(advertiserId, grant, simulation)
  if (notAllowed !== null) return notAllowed
  const task = simulation.reporting.tasks.find(id, call.token!, advertiserId, call.at)
  return task ?? refused(CODE.PARAM_ERROR, MESSAGE.noSuchTask(id))
}

const inQuery =
  ({ query }: Call): Arguments =>
  (name) =>
    query.get(name) ?? ''

/** `GET /report/task/check/`. Source: API reference, "Get the status of an asynchronous report task". */
export const reportTaskCheck: Endpoint = (call, grant, simulation) => {
  const task = taskOf(inQuery(call), call, grant, simulation)
  if ('code' in task) return task
  const status = simulation.reporting.tasks.statusOf(task, call.at)
  return accepted({ status, message: status === 'FAILED' ? 'The task failed. Please create it again.' : '' })
}

/** `POST /report/task/cancel/`. Source: API reference, "Cancel an asynchronous report task". */
export const reportTaskCancel: Endpoint = (call, grant, simulation) => {
  const body = call.json()
  if (!isObject(body)) return refused(CODE.PARAM_ERROR, MESSAGE.notJson)
  const task = taskOf((name) => body[name], call, grant, simulation)
  if ('code' in task) return task
  const { tasks } = simulation.reporting
  const status = tasks.statusOf(task, call.at)
  if (status !== 'QUEUING' && status !== 'PROCESSING') return refused(CODE.TASK_ERROR, MESSAGE.taskNotStoppable(status))
  tasks.cancel(task)
  return accepted({ status: 'CANCELED' })
}

/** How long a link to a file works. */
const LINK_MS = HOUR_MS
const FILE_PATH = '/report_files/'

const extensionOf = ({ format }: ReportTask) => (format === 'XLSX_DOWNLOAD' ? 'xlsx' : 'csv')

function linkOf(task: ReportTask, { host, at }: Call) {
  const until = Math.floor((at + LINK_MS) / 1000)
  const name = `${task.fileName || task.id}.${extensionOf(task)}`
  return {
    download_url: `http://${host}${FILE_PATH}?task_id=${task.id}&until=${until}`,
    file_name: name,
    output_format: task.format,
  }
}

function answerFile(task: ReportTask, simulation: Simulation): Answer {
  try {
    return { ...accepted(), file: fileOf(task, simulation) }
  } catch (error) {
    if (error instanceof TooManyRows) return refused(CODE.QUERY_TOO_BIG, MESSAGE.tooManyRows)
    throw error
  }
}

/** `GET /report/task/download/`: the CSV itself, without an envelope, or a link to the file. Source: API reference. */
export const reportTaskDownload: Endpoint = (call, grant, simulation) => {
  const task = taskOf(inQuery(call), call, grant, simulation)
  if ('code' in task) return task
  if (simulation.reporting.tasks.statusOf(task, call.at) !== 'SUCCESS')
    return refused(CODE.TASK_NOT_READY, MESSAGE.taskNotReady)
  return task.format === 'CSV_STRING' ? answerFile(task, simulation) : accepted(linkOf(task, call))
}

/** The file a download link leads to; it needs no token and works for an hour. */
export const reportFile: OpenEndpoint = (call, simulation) => {
  const task = simulation.reporting.tasks.findAny(call.query.get('task_id') ?? '')
  const isOpen = Number(call.query.get('until')) * 1000 >= call.at
  return task !== null && isOpen
    ? answerFile(task, simulation)
    : refused(CODE.ROUTE_NOT_FOUND, MESSAGE.noRoute(call.path))
}
