import { ControlError } from './control_error.ts'
import { FAULTS, type FaultOrder } from './fault_kinds.ts'
import { isObject } from './json.ts'

const isText = (value: unknown) => typeof value === 'string'
const isCount = (value: unknown) => Number.isSafeInteger(value) && Number(value) >= 0
const isChance = (value: unknown) => typeof value === 'number' && value >= 0 && value <= 1

type Members = Readonly<Record<string, readonly [expects: string, accepts: (value: unknown) => boolean]>>

const MATCH: Members = {
  path: ['a text', isText],
  token: ['a text', isText],
  event_source_id: ['a text', isText],
  advertiser_id: ['a text', isText],
  page: ['a whole number', isCount],
}

const ORDER: Members = {
  fault: [Object.keys(FAULTS).join(', '), (value) => isText(value) && Object.hasOwn(FAULTS, String(value))],
  times: ['a whole number', isCount],
  probability: ['a number from 0 to 1', isChance],
  match: ['an object', isObject],
  code: ['a whole number', isCount],
  message: ['a text', isText],
  latency_ms: ['a whole number', isCount],
  after_ms: ['a whole number', isCount],
  retry_after: ['a number or a text', (value) => isText(value) || isCount(value)],
  bytes: ['a whole number', isCount],
  processed: ['true or false', (value) => typeof value === 'boolean'],
}

function checkMembers(given: object, members: Members, what: string): void {
  for (const [key, value] of Object.entries(given)) {
    const member = Object.hasOwn(members, key) ? members[key] : undefined
    if (member === undefined) {
      throw new ControlError(
        `Cannot order the fault: ${what} "${key}" is unknown; known: ${Object.keys(members).join(', ')}`,
      )
    }
    const [expects, accepts] = member
    if (!accepts(value))
      throw new ControlError(`Cannot order the fault: "${key}" is ${JSON.stringify(value)}; expected ${expects}`)
  }
}

/** A fault as it was posted. Throws ControlError when it makes no sense. */
export function parseFaultOrder(given: unknown): FaultOrder {
  if (!isObject(given))
    throw new ControlError(`Cannot order the fault: it is ${JSON.stringify(given)}; expected an object`)
  checkMembers({ fault: given['fault'] ?? null, ...given }, ORDER, 'member')
  checkMembers(given['match'] ?? {}, MATCH, 'match')
  if (given['fault'] === 'code' && given['code'] === undefined) {
    throw new ControlError('Cannot order the fault: "code" is missing; give the return code to answer with')
  }
  return given as unknown as FaultOrder
}
