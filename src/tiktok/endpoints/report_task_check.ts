import { isObject } from '../../core/json.ts'
import type { Endpoint } from '../endpoint.ts'

export interface ReportTaskParams {
  readonly task_id: string
  readonly advertiser_id: string
}

export interface ReportTask {
  /** `QUEUING`, `PROCESSING`, `SUCCESS`, `FAILED` or `CANCELED`. */
  readonly status: string
  /** Why it failed; '' when it has not. */
  readonly message: string
}

/** How far a report that was ordered as a file has come. */
export const reportTaskCheck: Endpoint<ReportTaskParams, ReportTask> = {
  method: 'GET',
  path: '/report/task/check/',
  docs: 'TikTok API for Business v1.3, Reporting, Check the status of an asynchronous report task',
  parse: (data) => {
    if (!isObject(data) || typeof data['status'] !== 'string') throw new Error('Cannot read a task: it has no status')
    return { status: data['status'], message: typeof data['message'] === 'string' ? data['message'] : '' }
  },
}
