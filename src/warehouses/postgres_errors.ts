import { isOfNetwork, type Trouble } from './sql_errors.ts'

/** Codes of PostgreSQL and their classes, the longest that fits counts. */
const TROUBLES: Readonly<Record<string, Trouble>> = {
  '08': 'unreachable',
  '53300': 'unreachable', // too many connections
  '57P': 'unreachable', // the server is shutting down, or someone ended the connection
  '28': 'denied',
  '42501': 'denied',
  '25006': 'bad_query', // a write in a transaction that only reads
  '3D000': 'missing',
  '40': 'conflict',
  '55P03': 'conflict',
  '53100': 'full',
  '0A': 'bad_query', // a write within a query
  '42': 'bad_query',
  '22': 'bad_query',
}

/** What an error of PostgreSQL or of its client means. */
export function postgresTrouble(error: Error): Trouble {
  const { code } = error as NodeJS.ErrnoException
  if (code === undefined) return /timeout|terminated|ended|closed/i.test(error.message) ? 'unreachable' : 'broken'
  if (isOfNetwork(code)) return 'unreachable'
  return TROUBLES[code] ?? TROUBLES[code.slice(0, 3)] ?? TROUBLES[code.slice(0, 2)] ?? 'broken'
}
