import { hash } from 'node:crypto'
import { isObject, type Json, type JsonObject } from '../core/json.ts'

/** Kinds of call an event can be. */
export type CallType = 'track' | 'page' | 'screen' | 'identify' | 'group' | 'alias' | 'delete'

const CALL_TYPES: ReadonlySet<Json | undefined> = new Set<Json | undefined>([
  'track',
  'page',
  'screen',
  'identify',
  'group',
  'alias',
  'delete',
] satisfies CallType[])

const MESSAGE_ID_MAX = 100 // characters; longer ones are hashed

/** The event's own type when it is one we know, else the one its path names; null when neither. */
export function typeOf(event: JsonObject, pathType: CallType | null): CallType | null {
  const given = event['type']
  return CALL_TYPES.has(given) ? (given as CallType) : pathType
}

/** Whom and what an event is about. */
export interface Ids {
  readonly userId: string | undefined
  readonly anonymousId: string | undefined
  readonly previousId: string | undefined
  readonly groupId: string | undefined
}

/** Who and what an event is about, as text; undefined for what was not given. */
export const idsOf = (event: JsonObject): Ids => ({
  userId: textOf(event['userId']),
  anonymousId: textOf(event['anonymousId']),
  previousId: textOf(event['previousId']),
  groupId: textOf(event['groupId']),
})

/** What tells an event from every other of its source. */
export interface MessageId {
  readonly id: string
  /** `generated`: the sender gave none, so a repeat of the event cannot be told. `hashed`: it was too long to keep. */
  readonly remark: 'generated' | 'hashed' | undefined
}

/** The id that tells a repeat from a new event; a fresh one when the sender gave none, SHA-256 hex when it is too long. */
export function messageIdOf(event: JsonObject, newId: () => string): MessageId {
  const given = textOf(event['messageId'])
  if (given === undefined) return { id: newId(), remark: 'generated' }
  if (given.length > MESSAGE_ID_MAX) return { id: hash('sha256', given), remark: 'hashed' }
  return { id: given, remark: earlierRemark(event['_backbeat']) }
}

/** Event name of a track call, page name of a page call, else the type; null for a track call without a name. */
export function nameOf(event: JsonObject, type: CallType): string | null {
  if (type === 'track') return textOf(event['event']) ?? null
  return (type === 'page' ? textOf(event['name']) : undefined) ?? type
}

function textOf(value: Json | undefined): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value
  return typeof value === 'number' ? String(value) : undefined
}

function earlierRemark(remarks: Json | undefined): MessageId['remark'] {
  const remark = isObject(remarks) ? remarks['messageId'] : undefined
  return remark === 'generated' || remark === 'hashed' ? remark : undefined
}
