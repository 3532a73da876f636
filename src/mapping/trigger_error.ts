/** Most characters that `showTriggerError` puts before the caret, so that a long line does not wrap in a terminal. */
const LEAD_MAX = 60
const LINE_MAX = 100

/** A trigger's text cannot be read. The message names line and column; `showTriggerError` draws them. */
export class TriggerError extends Error {
  override readonly name = 'TriggerError'
  readonly code = 'mapping.bad_trigger'
  readonly text: string
  /** Index into `text` of the character at fault, from 0; the text's length when something is missing at its end. */
  readonly position: number
  /** From 1. */
  readonly line: number
  /** From 1, in characters of that line. */
  readonly column: number

  constructor(text: string, position: number, problem: string) {
    const before = text.slice(0, position).split('\n')
    const line = before.length
    const column = before.at(-1)!.length + 1
    super(`Cannot read the trigger at line ${line}, column ${column}: ${problem}`)
    this.text = text
    this.position = position
    this.line = line
    this.column = column
  }
}

/** The line at fault and, below it, a caret under the character at fault. Long lines are cut around it. */
export function showTriggerError(error: TriggerError): string {
  const line = error.text.split('\n')[error.line - 1]!
  const start = Math.max(0, error.column - 1 - LEAD_MAX)
  const lead = line.slice(start, error.column - 1)
  // Tabs stay tabs, so that the caret lands below its character whatever their width.
  return `${line.slice(start, start + LINE_MAX).trimEnd()}\n${lead.replace(/[^\t]/g, ' ')}^`
}
