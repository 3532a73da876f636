import { DAY_MS, HOUR_MS } from '../world/calendar.ts'
import type { ReportQuery } from './query.ts'

/** The enum of `output_format`. */
export const OUTPUT_FORMATS = ['CSV_STRING', 'CSV_DOWNLOAD', 'XLSX_DOWNLOAD'] as const
/** How a finished task is handed over. */
export type OutputFormat = (typeof OUTPUT_FORMATS)[number]

/** A report that is made in the background. Times in ms. */
export interface ReportTask {
  readonly id: string
  /** Only the token that created it may ask for it. */
  readonly token: string
  readonly advertiserIds: readonly string[]
  readonly query: ReportQuery
  readonly format: OutputFormat
  readonly fileName: string
  readonly hasTranslatedTitles: boolean
  readonly outcome: 'success' | 'failed'
  readonly createdAt: number
  readonly startsAt: number
  readonly endsAt: number
}

/** Where a task stands, in TikTok's words. */
export type TaskStatus = 'QUEUING' | 'PROCESSING' | 'SUCCESS' | 'FAILED' | 'CANCELED'

const KEPT_MS = 30 * DAY_MS
const KEPT_MAX = 10_000 // more than two days of what an app may create

/** How many tasks were created lately: by the app in a day, and with one token for one account in an hour. */
export interface TaskCounts {
  readonly perDay: number
  readonly perAccountHour: number
}

/** The report tasks that were created and are not yet forgotten. */
export class ReportTasks {
  readonly #tasks = new Map<string, ReportTask>()
  readonly #cancelled = new Set<string>()
  #count = 0

  /** Keeps a task and gives it an id: 19 digits, greater for a newer one. */
  create(task: Omit<ReportTask, 'id'>): ReportTask {
    this.#count += 1
    const serial = BigInt(this.#count % 2 ** 20)
    const id = `${(BigInt(Math.floor(task.createdAt / 1000)) << 32n) | (7n << 28n) | serial}`
    const kept = { ...task, id }
    this.#tasks.set(id, kept)
    if (this.#tasks.size > KEPT_MAX) this.#tasks.delete(this.#tasks.keys().next().value!)
    return kept
  }

  /** The task of a token and account, or null: it was never there, is another's, or is older than 30 days. */
  find(id: string, token: string, advertiserId: string, now: number): ReportTask | null {
    const task = this.#tasks.get(id)
    if (task === undefined || task.token !== token || now > task.createdAt + KEPT_MS) return null
    return task.advertiserIds.includes(advertiserId) ? task : null
  }

  /** The task with this id, whoever asks: for files that were linked to. */
  findAny(id: string): ReportTask | null {
    return this.#tasks.get(id) ?? null
  }

  statusOf(task: ReportTask, now: number): TaskStatus {
    if (this.#cancelled.has(task.id)) return 'CANCELED'
    if (now < task.startsAt) return 'QUEUING'
    if (now < task.endsAt) return 'PROCESSING'
    return task.outcome === 'success' ? 'SUCCESS' : 'FAILED'
  }

  cancel({ id }: ReportTask): void {
    this.#cancelled.add(id)
  }

  /** Tasks an app has created in the last day, and a token for an account in the last hour. */
  countLately(token: string, advertiserId: string, now: number): TaskCounts {
    const lately = [...this.#tasks.values()].filter(({ createdAt }) => createdAt > now - DAY_MS)
    const own = lately.filter(
      (task) => task.token === token && task.createdAt > now - HOUR_MS && task.advertiserIds.includes(advertiserId),
    )
    return { perDay: lately.length, perAccountHour: own.length }
  }

  clear(): void {
    this.#tasks.clear()
    this.#cancelled.clear()
  }
}
