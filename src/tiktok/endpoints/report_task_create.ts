import { isObject } from '../../core/json.ts'
import type { Endpoint } from '../endpoint.ts'
import type { ReportIntegratedGetParams } from './report_integrated_get.ts'

export interface ReportTaskCreateParams extends Omit<ReportIntegratedGetParams, 'page' | 'page_size'> {
  readonly output_format: 'CSV_STRING'
  /** Translated headings change without notice. */
  readonly enable_report_title_translation: false
}

/** Orders a report as a file; it has no pages and is not cut at 20,000 ids. Gives the id of the task. */
export const reportTaskCreate: Endpoint<ReportTaskCreateParams, string> = {
  method: 'POST',
  path: '/report/task/create/',
  docs: 'TikTok API for Business v1.3, Reporting, Create an asynchronous report task',
  parse: (data) => {
    if (!isObject(data) || data['task_id'] == null) throw new Error('Cannot read a new task: it has no id')
    return String(data['task_id'])
  },
}
