/**
 * Rows of a CSV file (RFC 4180): commas, quotes doubled within quotes, line ends within quotes kept. The first row is the
 * heading. Throws an Error when a row has another number of cells than the heading.
 */
export function parseCsv(text: string): {
  readonly heading: readonly string[]
  readonly rows: readonly (readonly string[])[]
} {
  const [heading = [], ...rows] = readRows(text.charCodeAt(0) === BYTE_ORDER_MARK ? text.slice(1) : text)
  const bad = rows.findIndex((row) => row.length !== heading.length)
  if (bad >= 0) {
    throw new Error(
      `Cannot read the file: row ${bad + 2} has ${rows[bad]!.length} cells, its heading ${heading.length}`,
    )
  }
  return { heading, rows }
}

const BYTE_ORDER_MARK = 0xfeff
/** A cell in quotes or a bare one, and what ends it. */
const CELL = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/y

function readRows(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  CELL.lastIndex = 0
  while (CELL.lastIndex < text.length || row.length > 0) {
    const at = CELL.lastIndex
    const match = CELL.exec(text)
    if (match === null) throw new Error(`Cannot read the file: a quote is out of place near character ${at}`)
    row.push(match[1]?.replaceAll('""', '"') ?? match[2]!)
    if (match[3] === ',') continue
    if (row.length > 1 || row[0] !== '') rows.push(row)
    row = []
    if (match[3] === '' || CELL.lastIndex >= text.length) break
  }
  return rows
}
