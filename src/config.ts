import { nearest } from './core/nearest.ts'

type SettingType = 'text' | 'port' | 'duration' | 'size' | 'count' | 'flag'

interface Setting {
  readonly type: SettingType
  /** As it would stand in the environment; null when unset means "none". */
  readonly default: string | null
  readonly about: string
  /** Never printed. */
  readonly secret?: boolean
}

/** Every setting, once. The docs page and `backbeat doctor` are printed from this table. */
export const SETTINGS = {
  BACKBEAT_DATA: { type: 'text', default: './.backbeat', about: 'Folder of our own state, queue and key.' },
  BACKBEAT_HOST: {
    type: 'text',
    default: '127.0.0.1',
    about: 'Address the server listens on. Any other than loopback needs BACKBEAT_PASSWORD at the first start.',
  },
  BACKBEAT_PORT: { type: 'port', default: '8700', about: 'Port of the console, the API and the senders.' },
  BACKBEAT_PUBLIC_URL: {
    type: 'text',
    default: null,
    about: 'Address under which senders and browsers reach the server, such as https://events.shop.example.',
  },
  BACKBEAT_SIMULATOR_PORT: { type: 'port', default: '8701', about: 'Port of the local TikTok.' },
  BACKBEAT_SHOP_PORT: { type: 'port', default: '8702', about: 'Port of the sample shop of the demo.' },
  BACKBEAT_DATABASE_URL: {
    type: 'text',
    default: null,
    about: 'PostgreSQL for our own state instead of a SQLite file, such as postgres://user@host/backbeat.',
    secret: true,
  },
  BACKBEAT_KEY: {
    type: 'text',
    default: null,
    about: 'Key that encrypts secrets: 32 random bytes as base64. Without it, a key file is made in BACKBEAT_DATA.',
    secret: true,
  },
  BACKBEAT_PASSWORD: {
    type: 'text',
    default: null,
    about: 'Password of the console; taken at the first start and kept as a hash. At least 12 characters.',
    secret: true,
  },
  BACKBEAT_TRUST_PROXY: {
    type: 'count',
    default: '0',
    about: 'How many proxies in front of the server are ours, so that X-Forwarded-For tells the visitor from them.',
  },
  BACKBEAT_FLUSH: {
    type: 'duration',
    default: '250ms',
    about: 'Longest an event waits for company before its request to TikTok leaves.',
  },
  BACKBEAT_CALLS: { type: 'count', default: '16', about: 'Requests of one sync under way at the same time.' },
  BACKBEAT_TIKTOK_APP_ID: {
    type: 'text',
    default: null,
    about: 'Developer app at TikTok that people sign in with, for accounts that name none of their own.',
  },
  BACKBEAT_TIKTOK_APP_SECRET: {
    type: 'text',
    default: null,
    about: 'Secret of that developer app.',
    secret: true,
  },
  BACKBEAT_TIKTOK_QPS: {
    type: 'count',
    default: '10',
    about:
      'Calls a second for reading, over all runs of one developer app: 10 for TikTok’s basic tier, 20 for advanced.',
  },
  BACKBEAT_TIMEOUT: { type: 'duration', default: '30s', about: 'Longest we wait for an answer of TikTok.' },
  BACKBEAT_RETENTION: {
    type: 'duration',
    default: '7d',
    about:
      'How long events are kept after their last verdict; at least 7d, the window in which repeats are recognised.',
  },
  BACKBEAT_QUEUE_MAX: { type: 'size', default: '20GB', about: 'Size of the queue at which senders are told to wait.' },
  BACKBEAT_LOG: { type: 'text', default: 'info', about: 'Least level that is logged: error, warn, info or debug.' },
} as const satisfies Record<string, Setting>

export type SettingName = keyof typeof SETTINGS

type Value<Name extends SettingName> = (typeof SETTINGS)[Name] extends { type: 'text'; default: infer Default }
  ? Default extends null
    ? string | null
    : string
  : number

/** The settings of one process: durations in milliseconds, sizes in bytes. */
export type Config = { readonly [Name in SettingName]: Value<Name> }

/**
 * Reads the settings from an environment.
 * @throws Error naming the setting, what stands there and what would be right; an unknown `BACKBEAT_…` is refused.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const unknown = Object.keys(environment).find((name) => name.startsWith('BACKBEAT_') && !(name in SETTINGS))
  if (unknown) {
    throw new Error(`Cannot start: ${unknown} is no setting; did you mean ${nearest(unknown, Object.keys(SETTINGS))}?`)
  }
  const entries = Object.entries(SETTINGS).map(([name, setting]) => {
    const text = environment[name] || setting.default
    return [name, text === null ? null : parse(name, setting.type, text)]
  })
  return Object.fromEntries(entries) as Config
}

const UNIT_MS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }
const UNIT_BYTES: Record<string, number> = { B: 1, KB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 }

function parse(name: string, type: SettingType, text: string): string | number | boolean {
  switch (type) {
    case 'text':
      return text
    case 'flag':
      return text === 'true'
    case 'duration':
      return inUnits(name, text, UNIT_MS, 'a duration such as "250ms", "30s" or "7d"')
    case 'size':
      return inUnits(name, text, UNIT_BYTES, 'a size such as "500MB" or "20GB"')
    case 'port':
      return whole(name, text, 65_535, 'a port between 0 and 65535')
    case 'count':
      return whole(name, text, 10_000, 'a whole number between 0 and 10000')
  }
}

function inUnits(name: string, text: string, units: Record<string, number>, right: string): number {
  const [, amount, unit] = /^(\d+(?:\.\d+)?) ?([a-zA-Z]+)$/.exec(text) ?? []
  const factor = unit === undefined ? undefined : units[unit]
  if (factor === undefined) throw new Error(`Cannot start: ${name} is "${text}"; it must be ${right}`)
  return Number(amount) * factor
}

function whole(name: string, text: string, max: number, right: string): number {
  const value = Number(text)
  if (/^\d+$/.test(text) && value <= max) return value
  throw new Error(`Cannot start: ${name} is "${text}"; it must be ${right}`)
}
