import type { LineCounter } from 'yaml'

/** A configuration file that has been read. */
export interface SourceFile {
  /** As the person named it, or found it in a folder that he named. */
  readonly path: string
  readonly text: string
  readonly lines: LineCounter
}

/** A character of a file; line and column count from 1. */
export interface Place {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** The place of an offset, in characters from the beginning of the file. */
export function placeAt({ path, lines }: SourceFile, offset: number): Place {
  const { line, col } = lines.linePos(offset)
  return { file: path, line, column: col }
}

const LEAD_MAX = 60
const LINE_MAX = 100

/** The line of an offset and, below it, a caret under the character; a long line is cut around it. */
export function frameAt(source: SourceFile, offset: number): string {
  const { line, column } = placeAt(source, offset)
  const text = source.text.split(/\r?\n/)[line - 1] ?? ''
  const start = Math.max(0, column - 1 - LEAD_MAX)
  const lead = text.slice(start, column - 1)
  // Tabs stay tabs, so that the caret lands below its character whatever their width.
  return `${text.slice(start, start + LINE_MAX).trimEnd()}\n${lead.replace(/[^\t]/g, ' ')}^`
}
