/** The first lines of every generated page. */
export function page(title: string, from: string, ...parts: readonly string[]): string {
  const note = `<!-- Written by "npm run docs" from ${from}. Change that, not this. -->`
  return `${[note, `# ${title}`, ...parts].join('\n\n')}\n`
}

/** A table; cells may hold anything but line breaks. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escapeCell).join(' | ')} |`
  return [line(head), `|${' --- |'.repeat(head.length)}`, ...rows.map(line)].join('\n')
}

const escapeCell = (cell: string): string => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')

/** Text as code. */
export const code = (text: string): string => (text === '' ? '' : `\`${text}\``)

/** A block of code. */
export const block = (text: string, language = 'text'): string => `\`\`\`${language}\n${text}\n\`\`\``
