/** What a promise gives, as plain objects: rows of SQLite have no prototype, and strict comparison minds. */
export async function plain<T>(value: Promise<T>): Promise<T> {
  return structuredClone(await value)
}
