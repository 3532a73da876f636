import type { Dialling } from './markets.ts'
import { chance, pick, type Random } from './random.ts'

/** What people really type into forms: not wrong on purpose, but never twice the same. */

const ascii = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/[^a-zA-Z]/g, '')
    .toLowerCase()

const EMAIL_FORMS: readonly ((email: string) => string)[] = [
  (email) => email,
  (email) => email,
  (email) => email,
  (email) => ` ${email}`,
  (email) => `${email} `,
  (email) => email.toUpperCase(),
  (email) => email.replace(/^./, (first) => first.toUpperCase()),
  (email) => email.replace('@', '@Mail.'),
]

const NO_EMAILS = ['n/a', 'none', 'anna(at)example.com', 'asdf']

/** An e-mail address as its owner typed it; about one in thirty is none. Its domain belongs to nobody (RFC 2606). */
export function typedEmail(random: Random, firstName: string, lastName: string, number: number): string {
  if (chance(random, 0.03)) return pick(random, NO_EMAILS)
  const domain = pick(random, ['example.com', 'example.org', 'example.net'])
  const between = pick(random, ['.', '.', '_', ''])
  const email = `${ascii(firstName)}${between}${ascii(lastName)}${chance(random, 0.4) ? number : ''}@${domain}`
  return pick(random, EMAIL_FORMS)(email)
}

const grouped = (number: string): string => number.replace(/(\d{3})(?=\d{3})/g, '$1 ')

const PHONE_FORMS: readonly ((dialling: Dialling, number: string) => string)[] = [
  ({ callingCode }, number) => `+${callingCode}${number}`,
  ({ callingCode }, number) => `+${callingCode} ${grouped(number)}`,
  ({ callingCode }, number) => `00${callingCode} ${grouped(number)}`,
  // The plus got lost on its way through a spreadsheet.
  ({ callingCode }, number) => `${callingCode}${number}`,
  ({ trunk }, number) => `${trunk}${grouped(number)}`,
  ({ callingCode, trunk }, number) =>
    `+${callingCode} ${trunk && `(${trunk})`}${number.slice(0, 3)}-${number.slice(3)}`,
]

const NO_PHONES = ['-', '123', '000000', 'ask me']

/** A phone number as its owner typed it; about one in thirty is none. Numbers are of ranges set aside for fiction. */
export function typedPhone(random: Random, dialling: Dialling): string {
  if (chance(random, 0.03)) return pick(random, NO_PHONES)
  return pick(random, PHONE_FORMS)(dialling, dialling.invent(random))
}
