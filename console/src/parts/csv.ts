import type { RowsPreview } from '../../../src/server/contract_streams.ts'

// What a spreadsheet would run as a formula when it opens the file.
const FORMULA = /^[=+\-@\t\r]/
const NUMBER = /^-?\d+(\.\d+)?$/

/** Rows as CSV (RFC 4180) with a header line. What is absent is empty; text that a spreadsheet would run is quoted away. */
export function toCsv({ columns, rows }: Pick<RowsPreview, 'columns' | 'rows'>): string {
  const lines = [columns.map(({ name }) => name), ...rows.map((row) => row.map((value) => plainText(value)))]
  return `${lines.map((line) => line.map(quoted).join(',')).join('\r\n')}\r\n`
}

function plainText(value: RowsPreview['rows'][number][number]): string {
  if (value === null) return ''
  const text = String(value)
  return FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text
}

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
