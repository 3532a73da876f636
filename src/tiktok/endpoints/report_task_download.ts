import type { Endpoint } from '../endpoint.ts'
import { parseCsv } from '../reporting/parse_csv.ts'
import type { ReportTaskParams } from './report_task_check.ts'

/** The table in a report's file; headings are the names of dimensions and metrics. */
export type ReportFile = ReturnType<typeof parseCsv>

const ANSWER_BYTES_MAX = 256 * 1024 * 1024

/** The file of a finished task. TikTok sends it bare, without its envelope. */
export const reportTaskDownload: Endpoint<ReportTaskParams, ReportFile> = {
  method: 'GET',
  path: '/report/task/download/',
  docs: 'TikTok API for Business v1.3, Reporting, Download the output of an asynchronous report task',
  parse: () => {
    throw new Error('Cannot read the file of a report: there is an envelope, and no file')
  },
  parseText: parseCsv,
  answerBytesMax: ANSWER_BYTES_MAX,
}
