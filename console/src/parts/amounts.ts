const plainCount = new Intl.NumberFormat('en-GB')
const shortCount = new Intl.NumberFormat('en-GB', { notation: 'compact', maximumFractionDigits: 1 })

/** `12345` → `12,345`. */
export const count = (amount: number): string => plainCount.format(amount)

/** A count for narrow places: exact below 100,000, then `1.2M`. */
export const briefCount = (amount: number): string => (amount < 100_000 ? count(amount) : shortCount.format(amount))

/** `count(3, 'event')` → `3 events`. */
export const counted = (amount: number, word: string): string => `${count(amount)} ${word}${amount === 1 ? '' : 's'}`
