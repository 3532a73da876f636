import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { isObject, type Json, type JsonObject } from '../core/json.ts'
import type { Reason } from '../core/outcome.ts'
import { receiveBatch } from '../event_sources/calls.ts'
import { parseTime } from '../event_sources/clock_skew.ts'
import { parseBody } from '../event_sources/parse_body.ts'
import { INGEST_LIMITS } from '../server/ingest/options.ts'
import { CommandError, EXIT } from './outlet.ts'
import type { Shell } from './shell.ts'

/** An event as a person gave it. */
export interface GivenEvent {
  readonly raw: Json
  /** What stood around it, when it was given inside a batch as senders send it. */
  readonly around: JsonObject
  readonly hasInfinity: boolean
}

/** What our door makes of an event. */
export type AtDoor =
  | { readonly kind: 'kept'; readonly event: JsonObject }
  | { readonly kind: 'refused'; readonly event: Json; readonly reason: Reason }

/** Reads events of a file, or of standard input for `-`: one event, an array, JSON lines, or a batch as senders send it. */
export async function readEvents(shell: Shell, path: string): Promise<readonly GivenEvent[]> {
  const text = path === '-' ? await shell.readInput() : readText(resolve(shell.folder, path), path)
  return parseEvents(text.replace(/^\uFEFF/, ''), path === '-' ? 'standard input' : path)
}

function readText(whole: string, path: string): string {
  try {
    return readFileSync(whole, 'utf8')
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    const found = code === 'ENOENT' ? 'it does not exist' : (code ?? 'it cannot be opened')
    throw new CommandError(EXIT.usage, `Cannot read ${path}: ${found}`, { cause })
  }
}

/** @throws CommandError with `name:line:column` where the text is not JSON. */
export function parseEvents(text: string, name: string): readonly GivenEvent[] {
  const fault = faultOf(text)
  if (fault === null) return eventsIn(text, name)
  const lines = text.split('\n')
  // The first line alone is an event: these are JSON lines, and the fault is one of a line.
  const first = lines.find((line) => line.trim() !== '')
  if (first === undefined || faultOf(first) !== null) throw notJson(name, lineAndColumn(text, fault))
  return lines.flatMap((line, i) => {
    if (line.trim() === '') return []
    const column = faultOf(line)
    if (column !== null) throw notJson(name, `${i + 1}:${column + 1}`)
    return eventsIn(line, `${name}:${i + 1}`)
  })
}

/** The character at which a text stops being JSON; null when it is JSON. */
function faultOf(text: string): number | null {
  const found = parseFault(text)
  if (found === null) return null
  if (found.at !== null) return found.at
  // Some of V8's messages name no place. A text that is cut before the fault only ends too early.
  let [whole, broken] = [0, text.length]
  while (broken - whole > 1) {
    const middle = Math.floor((whole + broken) / 2)
    if (isBroken(text.slice(0, middle))) broken = middle
    else whole = middle
  }
  return whole
}

/** Null when a text is JSON; `at` is null when the parser does not say where it is not. */
function parseFault(text: string): { readonly at: number | null } | null {
  try {
    JSON.parse(text)
    return null
  } catch (error) {
    if (String(error).includes('end of JSON input')) return { at: text.trimEnd().length }
    const at = /position (\d+)/.exec(String(error))?.[1]
    return { at: at === undefined ? null : Number(at) }
  }
}

/** Whether a text is wrong before its end. */
function isBroken(text: string): boolean {
  const found = parseFault(text)
  return found !== null && (found.at === null || found.at < text.trimEnd().length)
}

function lineAndColumn(text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n')
  return `${before.length}:${before.at(-1)!.length + 1}`
}

// What stands there is not quoted: it is most likely personal.
const notJson = (name: string, place: string): CommandError =>
  new CommandError(EXIT.usage, `${name}:${place}: Cannot read the event: it is not JSON here`)

function eventsIn(text: string, name: string): readonly GivenEvent[] {
  // Read as the door would: long numbers become text, and nothing nests without end.
  const parsed = parseBody(Buffer.from(`{"batch":[${text}]}`), INGEST_LIMITS.depthMax + 1)
  if (parsed.kind === 'unreadable') throw new CommandError(EXIT.usage, `${name}: ${parsed.reason.message}`)
  const { body, hasInfinity } = parsed
  return (body['batch'] as Json[]).flat(1).flatMap((value) => unwrap(value).map((event) => ({ ...event, hasInfinity })))
}

function unwrap(value: Json): readonly Omit<GivenEvent, 'hasInfinity'>[] {
  if (!isObject(value) || !Array.isArray(value['batch'])) return [{ raw: value, around: {} }]
  const { batch, ...around } = value
  return (batch as Json[]).map((raw) => ({ raw, around }))
}

/** Takes an event as the door takes it from a sender that reaches us now, or when it says it was received. */
export function takeAtDoor({ raw, around, hasInfinity }: GivenEvent, now: number, newId: () => string): AtDoor {
  const receivedAt = (isObject(raw) ? parseTime(raw['receivedAt']) : null) ?? now
  const received = receiveBatch({
    params: {},
    query: {},
    headers: {},
    body: { ...around, batch: [raw] },
    hasInfinity,
    ip: null,
    host: '',
    protocol: 'http',
    receivedAt,
    limits: INGEST_LIMITS,
    newId,
  })
  if (received.kind === 'unusable') return { kind: 'refused', event: raw, reason: received.reason }
  const [refused] = received.refused
  if (refused) return { kind: 'refused', event: raw, reason: refused.reason }
  return { kind: 'kept', event: JSON.parse(received.events[0]!.payload) as JsonObject }
}

/** The write key an event was sent with; null when it shows none. */
export function writeKeyOf({ raw, around }: GivenEvent): string | null {
  const key = (isObject(raw) ? raw['writeKey'] : undefined) ?? around['writeKey']
  return typeof key === 'string' ? key : null
}
