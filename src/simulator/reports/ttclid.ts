import { textSeed } from './scatter.ts'

/** What a click id says: whose click, and when, in ms. */
export interface Click {
  readonly adId: string
  readonly clickedAt: number
}

const PREFIX = 'E.C.P.' // as in every click id TikTok has been seen to give

const checkOf = (text: string) => textSeed(text).toString(36)

/** The `ttclid` a click on an ad leads away with. `nth` tells clicks of one moment apart. */
export function ttclidOf({ adId, clickedAt }: Click, nth: number): string {
  const text = `${adId}.${clickedAt}.${nth}`
  return PREFIX + Buffer.from(`${text}.${checkOf(text)}`).toString('base64url')
}

const FORM = /^(\d+)\.(\d+)\.\d+$/

/** The click a `ttclid` was given for; null for one that is not of this simulator. */
export function readTtclid(ttclid: string): Click | null {
  if (!ttclid.startsWith(PREFIX)) return null
  const bytes = Buffer.from(ttclid.slice(PREFIX.length), 'base64url')
  if (PREFIX + bytes.toString('base64url') !== ttclid) return null // the decoder forgives what was added
  const text = bytes.toString('latin1')
  const end = text.lastIndexOf('.')
  const [, adId, clickedAt] = FORM.exec(text.slice(0, end)) ?? []
  if (adId === undefined || text.slice(end + 1) !== checkOf(text.slice(0, end))) return null
  return { adId, clickedAt: Number(clickedAt) }
}
