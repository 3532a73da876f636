/** Roughly how many units make a dollar; only so that amounts look right. */
const PER_DOLLAR: Readonly<Record<string, number>> = {
  EUR: 0.9,
  GBP: 0.8,
  JPY: 150,
  KRW: 1350,
  SEK: 10,
  BRL: 5,
  INR: 84,
}

/** Currencies whose amounts have no digits after the point (ISO 4217). */
const WHOLE: ReadonlySet<string> = new Set(['BIF', 'CLP', 'ISK', 'JPY', 'KRW', 'PYG', 'VND'])

/** What amounts of a currency look like. */
export const currencyOf = (currency: string) => ({
  currencyDigits: WHOLE.has(currency) ? 0 : 2,
  perDollar: PER_DOLLAR[currency] ?? 1,
})
