/** Lower-cased, without punctuation and symbols. Letters of every script stay, accents included, and so do inner spaces. */
export function normaliseName(text: string): string {
  const lower = text.trim().toLowerCase()
  if (/^[a-z]*$/.test(lower)) return lower
  // Composed, as browsers and phones write accents: the other form of the same letter has another digest.
  return lower
    .normalize('NFC')
    .replace(/[\p{P}\p{S}]+/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
}
