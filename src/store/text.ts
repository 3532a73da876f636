/**
 * Text that every database takes: PostgreSQL refuses NUL and halves of surrogate pairs, and both may stand in what TikTok
 * quotes from an event.
 */
export function toColumn(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\u{fffd}')
}
