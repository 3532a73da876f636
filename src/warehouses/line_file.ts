import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onDisk } from './files_folder.ts'
import type { Cell, StageColumn } from './sql_dialect.ts'

/** Rows that wait in a file of this machine, a line of JSON for each, until they are loaded in one go. */
export interface LineFile {
  readonly path: string
  append(rows: readonly (readonly Cell[])[]): Promise<void>
  /** Resolves when all rows stand in the file. */
  end(): Promise<void>
  remove(): Promise<void>
}

/** Opens a new file; each line has the row's number as `_n`. Throws CallErrors. */
export async function lineFile(columns: readonly StageColumn[]): Promise<LineFile> {
  const folder = await onDisk(DOING, () => mkdtemp(join(tmpdir(), 'backbeat-rows-')))
  const path = join(folder, 'rows.jsonl')
  const file = await onDisk(DOING, () => open(path, 'w'))
  const lineOf = toLine(columns)
  let count = 0
  return {
    path,
    append: (rows) => onDisk(DOING, () => file.appendFile(rows.map((row) => lineOf(row, count++)).join(''))),
    end: () => onDisk(DOING, () => file.close()),
    async remove() {
      await file.close().catch(() => {})
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const DOING = 'keep rows until they are loaded'

/** Long numbers and decimals are texts in the line, JSON stands in it as it is, and what is null does not. */
function toLine(columns: readonly StageColumn[]): (row: readonly Cell[], number: number) => string {
  const marks = columns.map(({ name }) => `${JSON.stringify(name)}:`)
  const writers = columns.map(({ type }) => {
    if (type === 'boolean') return (cell: string) => (cell === '1' ? 'true' : 'false')
    if (type === 'json') return (cell: string) => cell.replace(/[\r\n]/g, ' ')
    return type === 'ratio' ? (cell: string) => cell : (cell: string) => JSON.stringify(cell)
  })
  return (row, number) => {
    const fields = row.map((cell, i) => (cell === null ? '' : `${marks[i]}${writers[i]!(cell)},`))
    return `{${fields.join('')}"_n":${number}}\n`
  }
}
