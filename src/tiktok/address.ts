/** How the parts of an address are written before TikTok compares them. Source: Events API 2.0, Customer information. */

/** Lower-cased letters and digits of any script; spaces and punctuation go: `São Paulo` → `sãopaulo`. */
export function normaliseCity(text: string): string {
  const lower = text.toLowerCase()
  return /^[a-z]*$/.test(lower) ? lower : lower.normalize('NFC').replace(/[^\p{L}\p{M}\p{N}]+/gu, '')
}

/** Lower-cased, blanks and dashes out: `SW1A 1AA` → `sw1a1aa`. Five digits, a dash and four are of the United States. */
export function normaliseZip(text: string): string {
  const trimmed = text.trim()
  if (/^\d{5}-\d{4}$/.test(trimmed)) return trimmed.slice(0, 5)
  return trimmed.toLowerCase().replace(/[\s\u2010-\u2015-]+/g, '')
}

/** Of the United States only the first five digits count: `94025-1234` and `940251234` → `94025`. */
export function normaliseUsZip(text: string): string {
  const plain = normaliseZip(text)
  return /^\d{9}$/.test(plain) ? plain.slice(0, 5) : plain
}

/** Lower-cased; of the United States the two letters: `California` and `US-CA` → `ca`. */
export function normaliseState(text: string, country: string | undefined): string {
  const state = text.trim().toLowerCase().replace(/\s+/g, ' ')
  if (country !== undefined && country !== 'us') return state
  return US_STATES.get(state.replace(/^us-/, '')) ?? state
}

const US_STATES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    alabama: 'al',
    alaska: 'ak',
    'american samoa': 'as',
    arizona: 'az',
    arkansas: 'ar',
    california: 'ca',
    colorado: 'co',
    connecticut: 'ct',
    delaware: 'de',
    'district of columbia': 'dc',
    florida: 'fl',
    georgia: 'ga',
    guam: 'gu',
    hawaii: 'hi',
    idaho: 'id',
    illinois: 'il',
    indiana: 'in',
    iowa: 'ia',
    kansas: 'ks',
    kentucky: 'ky',
    louisiana: 'la',
    maine: 'me',
    maryland: 'md',
    massachusetts: 'ma',
    michigan: 'mi',
    minnesota: 'mn',
    mississippi: 'ms',
    missouri: 'mo',
    montana: 'mt',
    nebraska: 'ne',
    nevada: 'nv',
    'new hampshire': 'nh',
    'new jersey': 'nj',
    'new mexico': 'nm',
    'new york': 'ny',
    'north carolina': 'nc',
    'north dakota': 'nd',
    'northern mariana islands': 'mp',
    ohio: 'oh',
    oklahoma: 'ok',
    oregon: 'or',
    pennsylvania: 'pa',
    'puerto rico': 'pr',
    'rhode island': 'ri',
    'south carolina': 'sc',
    'south dakota': 'sd',
    tennessee: 'tn',
    texas: 'tx',
    utah: 'ut',
    vermont: 'vt',
    'virgin islands': 'vi',
    virginia: 'va',
    washington: 'wa',
    'west virginia': 'wv',
    wisconsin: 'wi',
    wyoming: 'wy',
  }).flatMap(([name, letters]) => [
    [name, letters],
    [letters, letters],
  ]),
)
