import type { ColumnType } from '../core/table.ts'
import { duckdbDialect } from './duckdb_dialect.ts'

export const FILE_FORMATS = ['parquet', 'csv', 'jsonl'] as const

/** How the rows of a file are written; also the ending of its name. */
export type FileFormat = (typeof FILE_FORMATS)[number]

export interface FileColumn {
  readonly name: string
  readonly type: ColumnType
}

const { quote, text, typeName } = duckdbDialect

/** The statement that writes what a question gives into one file; `columns` are those of the question. */
export function copyStatement(
  format: FileFormat,
  columns: readonly FileColumn[],
  question: string,
  path: string,
): string {
  const spelled = columns.map(({ name, type }) => `${spell(format, type, quote(name))} as ${quote(name)}`)
  return `copy (select ${spelled.join(', ')} from (${question}) q) to ${text(path)} (${COPY_OPTIONS[format](columns)}, use_tmp_file false)`
}

/** What stands behind `from` to read files of one format and the same columns; they come back in their own types. */
export function readExpression(format: FileFormat, columns: readonly FileColumn[], paths: readonly string[]): string {
  const types = columns.map(({ name, type }) => `${text(name)}: ${text(typeName(type))}`)
  return READ[format](`[${paths.map(text).join(', ')}]`, `{${types.join(', ')}}`)
}

/** A cell as a file of text holds it; Parquet has types of its own. */
function spell(format: FileFormat, type: ColumnType, column: string): string {
  if (format === 'parquet') return column
  switch (type) {
    case 'local_time':
      return `strftime(${column}, '%Y-%m-%d %H:%M:%S')`
    case 'instant':
      return `strftime(make_timestamp(epoch_us(${column})), '%Y-%m-%dT%H:%M:%S.%gZ')`
    // Most readers of JSON and CSV take numbers for doubles, in which long ones lose digits.
    case 'id':
    case 'money':
      return `cast(${column} as varchar)`
    default:
      return column
  }
}

const QUOTED: readonly ColumnType[] = ['id', 'text', 'json']

/** Most that one row may take; a text of MySQL has as many. */
const ROW_BYTES_MAX = 16 << 20

const COPY_OPTIONS: Readonly<Record<FileFormat, (columns: readonly FileColumn[]) => string>> = {
  parquet: () => 'format parquet, compression zstd',
  // Quotes mark what is text: an id, and an empty text where nothing at all means null.
  csv: (columns) => {
    const quoted = columns.filter(({ type }) => QUOTED.includes(type)).map(({ name }) => quote(name))
    return `format csv, header true${quoted.length > 0 ? `, force_quote (${quoted.join(', ')})` : ''}`
  },
  jsonl: () => 'format json',
}

const CSV_OPTIONS = `auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', nullstr = '', allow_quoted_nulls = false, max_line_size = ${ROW_BYTES_MAX}, buffer_size = ${ROW_BYTES_MAX}`

const READ: Readonly<Record<FileFormat, (paths: string, columns: string) => string>> = {
  parquet: (paths) => `read_parquet(${paths})`,
  csv: (paths, columns) => `read_csv(${paths}, columns = ${columns}, ${CSV_OPTIONS})`,
  jsonl: (paths, columns) =>
    `read_json(${paths}, columns = ${columns}, format = 'newline_delimited', maximum_object_size = ${ROW_BYTES_MAX})`,
}
