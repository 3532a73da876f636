// Most characters before the caret, so that the two lines do not wrap.
const LEAD_MAX = 40
const LINE_MAX = 64

/** The line at fault and below it a caret under the character at `position`. Long lines are cut around it. */
export function caretLines(text: string, position: number): string {
  const start = text.lastIndexOf('\n', position - 1) + 1
  const [line = ''] = text.slice(start).split('\n')
  const column = position - start
  const cut = Math.max(0, column - LEAD_MAX)
  return `${line.slice(cut, cut + LINE_MAX).trimEnd()}\n${' '.repeat(column - cut)}^`
}

/** The word that begins at `position`, to be underlined; a blank where something is missing. */
export const faultAt = (text: string, position: number): string => /^\w+|^./.exec(text.slice(position))?.[0] ?? ' '
