import type { Cell, Session } from './sql_dialect.ts'
import { isOfNetwork, type Trouble, toCallError } from './sql_errors.ts'

/** What we use of the client in `@google-cloud/bigquery`. */
export interface BigQueryClient {
  createQueryJob(options: QueryOptions): Promise<readonly [Job, ...unknown[]]>
  dataset(name: string): { table(name: string): { load(path: string, options: LoadOptions): Promise<unknown> } }
}

export interface QueryOptions {
  readonly query: string
  readonly location: string
  readonly dryRun?: boolean
  readonly createSession?: boolean
  readonly connectionProperties?: readonly { readonly key: string; readonly value: string }[]
}

export interface LoadOptions {
  readonly sourceFormat: 'NEWLINE_DELIMITED_JSON'
  readonly writeDisposition: 'WRITE_APPEND'
  readonly location: string
}

export interface Job {
  readonly metadata: {
    readonly statistics?: {
      readonly sessionInfo?: { readonly sessionId: string }
      readonly query?: { readonly statementType?: string; readonly schema?: { readonly fields: readonly Field[] } }
    }
  }
  getMetadata(): Promise<unknown>
  getQueryResults(options: {
    readonly autoPaginate: false
    readonly maxResults: number
    readonly wrapIntegers: true
    readonly pageToken?: string
  }): Promise<readonly [readonly Readonly<Record<string, unknown>>[], { readonly pageToken?: string } | null, Answer]>
}

export interface Answer {
  readonly schema?: { readonly fields?: readonly Field[] }
}

export interface Field {
  readonly name: string
  readonly type: string
}

export const ROWS_PER_PAGE = 5000

/** Statements in one session of BigQuery, which is made for its transaction only; `end` lets it go. */
export function sessionOn(client: BigQueryClient, location: string, doing: string): Session & { end(): Promise<void> } {
  let sessionId: string | null = null
  // `begin` waits for the first statement that may stand in a transaction.
  let state: 'none' | 'wanted' | 'open' = 'none'

  async function ask(query: string): Promise<readonly (readonly Cell[])[]> {
    const inSession = sessionId && { connectionProperties: [{ key: 'session_id', value: sessionId }] }
    const [job] = await client.createQueryJob({ query, location, ...inSession })
    return rowsOf(job)
  }

  async function openSession(): Promise<void> {
    const [job] = await client.createQueryJob({ query: 'select 1', location, createSession: true })
    await rowsOf(job)
    await job.getMetadata()
    sessionId = job.metadata.statistics?.sessionInfo?.sessionId ?? null
    if (sessionId === null) throw new Error('BigQuery made no session')
  }

  async function begin(): Promise<void> {
    if (sessionId === null) await openSession()
    await ask('begin transaction')
    state = 'open'
  }

  async function finish(how: 'commit' | 'rollback'): Promise<void> {
    if (state === 'open') await ask(`${how} transaction`)
    state = 'none'
  }

  async function answer(sql: string): Promise<readonly (readonly Cell[])[]> {
    if (sql === 'begin') {
      state = 'wanted'
      return []
    }
    if (sql === 'commit' || sql === 'rollback') {
      await finish(sql)
      return []
    }
    if (ONLY_OUTSIDE.test(sql)) {
      if (state === 'open') {
        await finish('commit')
        state = 'wanted'
      }
      return ask(sql)
    }
    if (state === 'wanted') await begin()
    return ask(sql)
  }

  const tell = (error: unknown) => {
    throw toCallError(doing, error, bigqueryTrouble)
  }
  return {
    run: (sql) =>
      answer(sql).then(
        () => {},
        // Somebody else made it between our looking and our making: it is what was wanted.
        (error: Error) => (MAKES_TABLE.test(sql) && /already exists/i.test(error.message) ? undefined : tell(error)),
      ),
    // A dataset that is not there has nothing to tell.
    rows: (sql) => answer(sql).catch((error: Error) => (/not found: dataset/i.test(error.message) ? [] : tell(error))),
    async end() {
      if (sessionId !== null) await ask('call bq.abort_session()').catch(() => {})
    },
  }
}

const MAKES_TABLE = /^create table /

/** What BigQuery does not do in a transaction. */
const ONLY_OUTSIDE = /^(?:create|alter|drop)\b|\.INFORMATION_SCHEMA\./

async function rowsOf(job: Job): Promise<readonly (readonly Cell[])[]> {
  const rows: (readonly Cell[])[] = []
  let pageToken: string | undefined
  do {
    const [page, next, { schema }] = await job.getQueryResults(pageOptions(pageToken))
    rows.push(...page.map((row) => (schema?.fields ?? []).map(({ name }) => toCell(row[name]))))
    pageToken = next?.pageToken
  } while (pageToken !== undefined)
  return rows
}

/** How a page is asked for: whole numbers come wrapped, since some are too long for a double. */
export const pageOptions = (pageToken: string | undefined) =>
  ({
    autoPaginate: false,
    maxResults: ROWS_PER_PAGE,
    wrapIntegers: true,
    ...(pageToken !== undefined && { pageToken }),
  }) as const

function toCell(value: unknown): Cell {
  const plain = plainValue(value)
  return plain === null ? null : typeof plain === 'boolean' ? String(Number(plain)) : String(plain)
}

/** A value out of the objects that the client wraps some in. */
export function plainValue(value: unknown): string | number | boolean | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  if (typeof value === 'object' && 'value' in value) return String(value.value)
  // Decimals are objects that write themselves out in full.
  if (typeof value === 'object' && 'toFixed' in value && typeof value.toFixed === 'function') return value.toFixed()
  return JSON.stringify(value)
}

const REASONS: Readonly<Record<string, Trouble>> = {
  accessDenied: 'denied',
  authError: 'denied',
  billingNotEnabled: 'denied',
  invalidQuery: 'bad_query',
  notFound: 'missing',
  quotaExceeded: 'conflict',
  rateLimitExceeded: 'conflict',
  backendError: 'unreachable',
  internalError: 'unreachable',
}

/** What an error of the client comes to. */
export function bigqueryTrouble(error: Error): Trouble {
  const { code, errors } = error as { code?: number | string; errors?: readonly { reason?: string }[] }
  if (isOfNetwork(code)) return 'unreachable'
  if (/aborted due to concurrent|could not serialize/i.test(error.message)) return 'conflict'
  const reason = REASONS[errors?.[0]?.reason ?? '']
  if (reason) return reason
  if (code === 401 || code === 403) return 'denied'
  return typeof code === 'number' && code >= 500 ? 'unreachable' : 'broken'
}
