import { isOfNetwork, type Trouble } from './sql_errors.ts'

/** Numbers of MySQL's and MariaDB's errors. */
const TROUBLES: Readonly<Record<number, Trouble>> = {
  1040: 'unreachable', // too many connections
  1053: 'unreachable', // the server is shutting down
  1927: 'unreachable', // the connection was killed
  1044: 'denied',
  1045: 'denied',
  1142: 'denied',
  1143: 'denied',
  1227: 'denied',
  1698: 'denied',
  1049: 'missing',
  1205: 'conflict',
  1213: 'conflict',
  1021: 'full',
  1114: 'full',
  1054: 'bad_query',
  1064: 'bad_query',
  1146: 'bad_query',
  1792: 'bad_query', // a write in a transaction that only reads
}

/** What an error of MySQL, MariaDB or the client means. */
export function mysqlTrouble(error: Error): Trouble {
  const { code, errno } = error as NodeJS.ErrnoException
  if (isOfNetwork(code) || code === 'PROTOCOL_CONNECTION_LOST') return 'unreachable'
  if (/connection is in closed state|connection was killed|pool is closed/i.test(error.message)) return 'unreachable'
  return TROUBLES[errno ?? 0] ?? 'broken'
}
