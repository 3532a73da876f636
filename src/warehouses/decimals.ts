/** Places behind the point that money is kept with, and digits in all: `NUMERIC(20,6)`. */
export const MONEY_PLACES = 6
export const MONEY_DIGITS = 20

const PLAIN = /^-?\d{1,14}(?:\.\d{1,6})?$/
const ANY = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,3}))?$/i
const UNIT = 10n ** BigInt(MONEY_PLACES)
const UNITS_MAX = 10n ** BigInt(MONEY_DIGITS)

/**
 * A decimal in one spelling for each number, with up to six places: `1.50` → `1.5`, `-0.0` → `0`, `0.0000005` → `0.000001`.
 * Undefined when it is no number or has more than 14 digits before the point.
 */
export function decimalOf(value: string | number | boolean): string | undefined {
  const text = typeof value === 'string' ? value : String(value)
  if (isShortest(text)) return text
  return unitsToText(PLAIN.test(text) ? unitsOf(text) : unitsOfAny(text))
}

// Up to 15 digits, six of them behind the point: such a spelling is the shortest of a double, too.
const SHORTEST = /^(?:0|[1-9]\d{0,8})(?:\.\d{0,5}[1-9])?$/

/** Whether a decimal is spelled as we spell it; nearly all that TikTok writes are. */
export const isShortest = (text: string): boolean => SHORTEST.test(text)

/** A decimal of up to six places, in millionths. `"1.5"` → `1500000n` */
export function unitsOf(decimal: string): bigint {
  const point = decimal.indexOf('.')
  if (point < 0) return BigInt(decimal) * UNIT
  return BigInt(decimal.slice(0, point) + decimal.slice(point + 1).padEnd(MONEY_PLACES, '0'))
}

/** Millionths as a decimal in its shortest spelling. */
export function textOfUnits(units: bigint): string {
  const digits = String(units < 0n ? -units : units).padStart(MONEY_PLACES + 1, '0')
  const whole = digits.slice(0, -MONEY_PLACES)
  const rest = digits.slice(-MONEY_PLACES).replace(/0+$/, '')
  return `${units < 0n ? '-' : ''}${whole}${rest && '.'}${rest}`
}

const unitsToText = (units: bigint | null): string | undefined =>
  units === null || units >= UNITS_MAX || -units >= UNITS_MAX ? undefined : textOfUnits(units)

/** Of any spelling, rounded half away from zero as the databases do; null when it is no number. */
function unitsOfAny(text: string): bigint | null {
  const [, sign, whole = '', rest = '', exponent = '0'] = ANY.exec(text) ?? []
  if (sign === undefined || whole + rest === '') return null
  const shift = Number(exponent) + MONEY_PLACES - rest.length
  const digits = BigInt(whole + rest)
  const units = shift >= 0 ? digits * 10n ** BigInt(shift) : roundHalfUp(digits, 10n ** BigInt(-shift))
  return sign === '-' ? -units : units
}

const roundHalfUp = (digits: bigint, divisor: bigint): bigint => (digits * 2n + divisor) / (divisor * 2n)
