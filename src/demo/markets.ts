import { pick, type Random, whole } from './random.ts'

export interface City {
  readonly city: string
  readonly state?: string
  readonly postalCode: string
}

/** How phone numbers of a country are made up and written. */
export interface Dialling {
  readonly callingCode: string
  /** Dialled before a number inside the country. */
  readonly trunk: string
  /** A number without its country code, of a range that is set aside for fiction. */
  readonly invent: (random: Random) => string
}

/** A country the sample shop sells to. */
export interface Market {
  readonly country: string
  readonly currency: string
  /** Digits after the point of its currency. */
  readonly decimals: 0 | 2
  /** Units of its currency for a US dollar, roughly. */
  readonly perDollar: number
  readonly locale: string
  readonly timezone: string
  /** Its law has visitors asked before their data is used for advertising. */
  readonly asksConsent: boolean
  readonly cities: readonly City[]
  readonly firstNames: readonly string[]
  readonly lastNames: readonly string[]
  /** Null where no range of numbers is set aside for fiction: nobody's real number shall stand in sample data. */
  readonly dialling: Dialling | null
  /** Visitors of 100. */
  readonly share: number
}

const words = (text: string): readonly string[] => text.split(' ')
const digits = (random: Random, length: number): string =>
  String(whole(random, 0, 10 ** length - 1)).padStart(length, '0')

// North America sets aside 555-0100 to 555-0199 of every area code.
const northAmerican = (areas: string): Dialling => ({
  callingCode: '1',
  trunk: '',
  invent: (random) => `${pick(random, words(areas))}55501${digits(random, 2)}`,
})

/** Where the visitors of the sample week come from. */
export const MARKETS: readonly Market[] = [
  {
    country: 'US',
    currency: 'USD',
    decimals: 2,
    perDollar: 1,
    locale: 'en-US',
    timezone: 'America/New_York',
    asksConsent: false,
    cities: [
      { city: 'Austin', state: 'TX', postalCode: '78701' },
      { city: 'Portland', state: 'Oregon', postalCode: '97205-1234' },
      { city: 'New York', state: 'ny', postalCode: '10012' },
    ],
    firstNames: words('Ava Liam Mia Noah Zoe Ethan Grace Mason Ruby Caleb'),
    lastNames: words("Carter Nguyen Brooks O'Neil Rivera Walker Bennett Hughes Kim Foster"),
    dialling: northAmerican('202 312 415 617'),
    share: 34,
  },
  {
    country: 'GB',
    currency: 'GBP',
    decimals: 2,
    perDollar: 0.79,
    locale: 'en-GB',
    timezone: 'Europe/London',
    asksConsent: true,
    cities: [
      { city: 'London', postalCode: 'SW1A 1AA' },
      { city: 'Leeds', postalCode: 'LS1 4AP' },
    ],
    firstNames: words('Amelia Oscar Freya Arthur Isla Theo Poppy Jude Nia Rhys'),
    lastNames: words('Taylor Evans Patel Wright Hall Begum Clarke Reid Shaw Marsh'),
    dialling: { callingCode: '44', trunk: '0', invent: (random) => `7700900${digits(random, 3)}` },
    share: 18,
  },
  {
    country: 'DE',
    currency: 'EUR',
    decimals: 2,
    perDollar: 0.92,
    locale: 'de-DE',
    timezone: 'Europe/Berlin',
    asksConsent: true,
    cities: [
      { city: 'Berlin', postalCode: '10115' },
      { city: 'Köln', postalCode: '50667' },
    ],
    firstNames: words('Emma Jonas Lena Felix Mila Paul Jürgen Hannah Emil Ida'),
    lastNames: words('Schmidt Müller Weber Becker Koch Bauer Wolf Schröder Vogel Keller'),
    dialling: { callingCode: '49', trunk: '0', invent: (random) => `176040690${digits(random, 2)}` },
    share: 16,
  },
  {
    country: 'FR',
    currency: 'EUR',
    decimals: 2,
    perDollar: 0.92,
    locale: 'fr-FR',
    timezone: 'Europe/Paris',
    asksConsent: true,
    cities: [
      { city: 'Lyon', postalCode: '69002' },
      { city: 'Saint-Étienne', postalCode: '42000' },
    ],
    firstNames: words('Chloé Louis Inès Hugo Léa Gabriel Zoé Nathan Alix Rémi'),
    lastNames: words("Martin Bernard Petit Durand Moreau Lefèvre Garnier Faure N'Diaye Roux"),
    dialling: { callingCode: '33', trunk: '0', invent: (random) => `63998${digits(random, 4)}` },
    share: 12,
  },
  {
    country: 'SE',
    currency: 'SEK',
    decimals: 2,
    perDollar: 10.6,
    locale: 'sv_SE',
    timezone: 'Europe/Stockholm',
    asksConsent: true,
    cities: [{ city: 'Malmö', postalCode: '211 20' }],
    firstNames: words('Alva Nils Elsa Axel Saga Viggo Åsa Björn'),
    lastNames: words('Lindqvist Berg Sandström Ek Holm Öberg'),
    dialling: { callingCode: '46', trunk: '0', invent: (random) => `7017406${whole(random, 10, 99)}` },
    share: 6,
  },
  {
    country: 'CA',
    currency: 'CAD',
    decimals: 2,
    perDollar: 1.37,
    locale: 'en-CA',
    timezone: 'America/Toronto',
    asksConsent: false,
    cities: [{ city: 'Toronto', state: 'ON', postalCode: 'M5V 2T6' }],
    firstNames: words('Olivia Logan Chloe Lucas Maya Owen Aria Wyatt'),
    lastNames: words('Tremblay Singh MacDonald Roy Chan Campbell'),
    dialling: northAmerican('613 416'),
    share: 8,
  },
  {
    country: 'JP',
    currency: 'JPY',
    decimals: 0,
    perDollar: 150,
    locale: 'ja-JP',
    timezone: 'Asia/Tokyo',
    asksConsent: false,
    cities: [{ city: 'Osaka', postalCode: '530-0001' }],
    firstNames: words('Yui Haruto Aoi Ren Hina Sota'),
    lastNames: words('Sato Suzuki Tanaka Ito Mori Abe'),
    dialling: null,
    share: 6,
  },
]

/** A country whose currency TikTok does not take; it is kept out of the random visitors, so that its events can be counted. */
export const URUGUAY: Market = {
  country: 'UY',
  currency: 'UYU',
  decimals: 2,
  perDollar: 40,
  locale: 'es-UY',
  timezone: 'America/Montevideo',
  asksConsent: false,
  cities: [{ city: 'Montevideo', postalCode: '11000' }],
  firstNames: words('Valentina Mateo Camila Thiago Lucía Bruno'),
  lastNames: words('Rodríguez Pereira Silva Acosta Núñez Cabrera'),
  dialling: null,
  share: 0,
}

/** The market of a country, which must be one of `MARKETS`. */
export const marketOf = (country: string): Market => MARKETS.find((market) => market.country === country)!
