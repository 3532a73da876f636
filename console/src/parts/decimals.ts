// Amounts come as decimal text and stay exact: each is counted in its last place, as a whole number of any size.

/** The sum of two decimal texts, exact: `0.1` and `0.25` → `0.35`. */
export function addDecimals(a: string, b: string): string {
  const places = Math.max(placesOf(a), placesOf(b))
  return decimalText(scaled(a, places) + scaled(b, places), places)
}

/** The first less the second, exact. */
export const subtractDecimals = (a: string, b: string): string =>
  addDecimals(a, b.startsWith('-') ? b.slice(1) : `-${b}`)

const placesOf = (text: string): number => text.split('.')[1]?.length ?? 0

function scaled(text: string, places: number): bigint {
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.')
  const amount = BigInt(whole + fraction.padEnd(places, '0'))
  return text.startsWith('-') ? -amount : amount
}

function decimalText(amount: bigint, places: number): string {
  if (places === 0) return String(amount)
  const digits = (amount < 0n ? -amount : amount).toString().padStart(places + 1, '0')
  return `${amount < 0n ? '-' : ''}${digits.slice(0, -places)}.${digits.slice(-places)}`
}
