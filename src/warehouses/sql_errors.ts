import { CallError, TerminalError, TransientError } from '../core/errors.ts'

/** What an error of a database's client comes to, whatever the database. */
export type Trouble = 'unreachable' | 'denied' | 'missing' | 'conflict' | 'bad_query' | 'full' | 'broken'

const ADVICE: Readonly<Record<Trouble, string>> = {
  unreachable: 'is it running, and is its address right?',
  denied: 'check the user, the password and what the user may do',
  missing: 'create it, or correct its name',
  conflict: 'someone else is writing there; it is tried again',
  bad_query: 'correct the query',
  full: 'make room on its disk',
  broken: 'the message of the database says what is wrong',
}

const NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
  'ENOTFOUND',
  'ENOENT',
])

/** Whether the network below the client is what broke. */
export const isOfNetwork = (code: unknown): boolean => typeof code === 'string' && NETWORK.has(code)

/** Says an error in our words; what we have already said stays as it is. `doing`: such as `load ad_report_daily`. */
export function toCallError(doing: string, error: unknown, troubleOf: (error: Error) => Trouble): CallError {
  if (error instanceof CallError) return error
  const cause = error instanceof Error ? error : new Error(String(error))
  const trouble = troubleOf(cause)
  const found = cause.message || (cause as NodeJS.ErrnoException).code || cause.name
  const message = `Cannot ${doing}: ${found.trim().replace(/\.$/, '')}; ${ADVICE[trouble]}`
  switch (trouble) {
    case 'unreachable':
      return new TransientError('warehouse.unreachable', message, { cause, certainty: 'unknown' })
    case 'conflict':
      return new TransientError('warehouse.busy', message, { cause })
    case 'denied':
      return new TerminalError('warehouse.access_denied', message, { cause })
    case 'missing':
      return new TerminalError('warehouse.missing', message, { cause })
    case 'bad_query':
      return new TerminalError('warehouse.bad_query', message, { cause })
    case 'full':
      return new TerminalError('warehouse.full', message, { cause })
    case 'broken':
      return new TerminalError('warehouse.broken', message, { cause })
  }
}
