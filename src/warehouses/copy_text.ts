import type { Cell } from './sql_dialect.ts'

const SPECIAL = /[\\\t\n\r]/
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

/** A row, its number behind it, as a line of PostgreSQL's COPY text format. */
export function copyLine(cells: readonly Cell[], number: number): string {
  let line = ''
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i]!
    if (cell === null) line += '\\N\t'
    else line += `${SPECIAL.test(cell) ? escaped(cell) : cell}\t`
  }
  return `${line}${number}\n`
}

const escaped = (cell: string): string => cell.replace(/[\\\t\n\r]/g, (character) => ESCAPES[character]!)
