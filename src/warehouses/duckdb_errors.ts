import type { Trouble } from './sql_errors.ts'

const TROUBLES: readonly (readonly [RegExp, Trouble])[] = [
  [/conflict/i, 'conflict'],
  [/permission denied|read-only/i, 'denied'],
  [/no space left|out of memory/i, 'full'],
  [/^(?:parser|binder|catalog|invalid input|conversion|permission|transactioncontext) error/i, 'bad_query'],
]

/** What an error of DuckDB means; it has no codes, only messages. */
export const duckdbTrouble = ({ message }: Error): Trouble =>
  TROUBLES.find(([pattern]) => pattern.test(message))?.[1] ?? 'broken'
