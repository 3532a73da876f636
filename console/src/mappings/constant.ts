import type { FieldType } from '../../../src/server/contract.ts'

type Constant = string | number | boolean

/** A constant as it is typed. */
export const constantText = (value: Constant): string => String(value)

/** A typed text as the constant a field of this type wants; what does not fit stays text, and the server says so. */
export function constantFrom(text: string, type: FieldType | undefined): Constant {
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true'
  const isNumeric = type === 'number' || type === 'integer'
  // A text such as "1." or "007" must stay as typed, or the cursor would jump.
  return isNumeric && String(Number(text)) === text ? Number(text) : text
}

/** Paths typed with commas between them. The blank after a comma is kept out, so is nothing at all at the ends. */
export const pathsFrom = (text: string): readonly string[] => text.split(/,\s?/)
