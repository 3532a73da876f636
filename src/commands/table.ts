/** Rows of text as aligned columns; those named in `right` end where the others begin. */
export function table(rows: readonly (readonly string[])[], right: ReadonlySet<number> = new Set()): string {
  const widths = rows.reduce<number[]>((most, row) => row.map((cell, i) => Math.max(most[i] ?? 0, widthOf(cell))), [])
  return rows
    .map((row) =>
      row
        .map((cell, i) => pad(cell, widths[i]!, right.has(i)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

// Colours take no room.
// biome-ignore lint/suspicious/noControlCharactersInRegex: the character that begins a colour
const widthOf = (cell: string): number => cell.replace(/\u001b\[\d+m/g, '').length

function pad(cell: string, width: number, right: boolean): string {
  const blank = ' '.repeat(Math.max(0, width - widthOf(cell)))
  return right ? blank + cell : cell + blank
}
