import { refuseBody, refuseEventSource } from '../access.ts'
import { type Answer, accepted, refused } from '../answer.ts'
import type { Call } from '../call.ts'
import type { Problem } from '../check.ts'
import { checkLegacyEvent, type LegacyRules } from '../check_legacy_event.ts'
import { CODE } from '../codes.ts'
import { takeIn } from '../intake.ts'
import { isObject, type JsonObject, textAt } from '../json.ts'
import type { Delivery } from '../ledger.ts'
import { translate } from '../legacy_event.ts'
import { MESSAGE } from '../messages.ts'
import type { Simulation } from '../simulation.ts'
import type { Grant, World } from '../world.ts'
import type { Endpoint } from './endpoint.ts'

/** One family of 1.0 endpoints. Source: Events API 1.0; batch limits as documented by senders. */
export interface LegacyFamily {
  readonly source: 'web' | 'offline' | 'app'
  /** How this family calls the event source's id. */
  readonly idKey: string
  readonly batchMax: number
  readonly isTimestampRequired: boolean
  /** Whether a batch can be taken in part, with `failed_events`. */
  readonly isPartial: boolean
}

export const PIXEL: LegacyFamily = {
  source: 'web',
  idKey: 'pixel_code',
  batchMax: 50,
  isTimestampRequired: false,
  isPartial: true,
}
export const OFFLINE: LegacyFamily = {
  source: 'offline',
  idKey: 'event_set_id',
  batchMax: 100,
  isTimestampRequired: true,
  isPartial: false,
}
export const APP: LegacyFamily = {
  source: 'app',
  idKey: 'tiktok_app_id',
  batchMax: 50,
  isTimestampRequired: false,
  isPartial: true,
}

const rulesOf = (family: LegacyFamily, isBatch: boolean): LegacyRules => ({
  isBatch,
  isTimestampRequired: family.isTimestampRequired,
  isContactRequired: family.source === 'offline',
})

function refuseCall(call: Call, grant: Grant, world: World, family: LegacyFamily): Answer | null {
  const body = call.json()
  const unreadable = refuseBody(call.encoding, call.contentType, isObject(body), world)
  if (unreadable !== null || !isObject(body)) return unreadable
  if (world.settings.legacy_endpoints === 'retired') return refused(CODE.INTERFACE_OFFLINE, MESSAGE.retired)
  return refuseEventSource(world, grant, family.source, body[family.idKey], family.idKey)
}

function refuseSize({ batch }: JsonObject, { batchMax }: LegacyFamily): Answer | null {
  if (!Array.isArray(batch)) return refused(CODE.PARAM_ERROR, MESSAGE.missing('batch'))
  const isRight = batch.length > 0 && batch.length <= batchMax
  return isRight ? null : refused(CODE.PARAM_ERROR, MESSAGE.batchSize('batch', batchMax))
}

const inBatch = ({ path, reason }: Problem, index: number): string => MESSAGE.invalidInBatch(index, path, reason)

/** Takes in the items without a problem. */
function take(
  call: Call,
  body: JsonObject,
  problems: readonly (Problem | null)[],
  family: LegacyFamily,
  simulation: Simulation,
): void {
  const sourceId = String(body[family.idKey])
  const itemsOf = (json: unknown) => (isObject(json) && Array.isArray(json['batch']) ? json['batch'] : [json])
  const read = (json: unknown) =>
    itemsOf(json).map((item, index) => (problems[index] === null ? translate(item, sourceId, call.at) : null))
  const delivery: Delivery = {
    path: call.path,
    source: family.source,
    sourceId,
    channel: 'server',
    testCode: textAt(body, 'test_event_code'),
    deduplicates: family.source !== 'app' || simulation.world.settings.app_deduplication === 'on',
    at: call.at,
    body: call.body,
    read,
  }
  takeIn(simulation, delivery, read(body))
}

const failedEvents = (problems: readonly (Problem | null)[]) =>
  problems.flatMap((problem, index) =>
    problem === null ? [] : [{ order_in_batch: index, error: inBatch(problem, index) }],
  )

/** `POST /{family}/track/`: one event. */
export const legacyTrack =
  (family: LegacyFamily): Endpoint =>
  (call, grant, simulation) => {
    const notAllowed = refuseCall(call, grant, simulation.world, family)
    if (notAllowed !== null) return notAllowed
    const body = call.json() as JsonObject
    const situation = { source: family.source, settings: simulation.world.settings, now: call.at }
    const problem = checkLegacyEvent(body, String(body[family.idKey]), rulesOf(family, false), situation)
    if (problem !== null) return refused(problem.code, MESSAGE.invalid(problem.path, problem.reason))
    take(call, body, [null], family, simulation)
    return accepted()
  }

/** `POST /{family}/batch/`: several events, of which the good ones may be taken alone. */
export const legacyBatch =
  (family: LegacyFamily): Endpoint =>
  (call, grant, simulation) => {
    const { settings } = simulation.world
    const body = call.json() as JsonObject
    const notAllowed = refuseCall(call, grant, simulation.world, family) ?? refuseSize(body, family)
    if (notAllowed !== null) return notAllowed
    const rules = rulesOf(family, true)
    const situation = { source: family.source, settings, now: call.at }
    const items = body['batch'] as readonly unknown[]
    const problems = items.map((item) => checkLegacyEvent(item, String(body[family.idKey]), rules, situation))

    const firstBad = problems.findIndex((problem) => problem !== null)
    const isPartial = family.isPartial && settings.legacy_bad_item === 'partial'
    if (firstBad >= 0 && !isPartial) return refused(problems[firstBad]!.code, inBatch(problems[firstBad]!, firstBad))
    take(call, body, problems, family, simulation)
    if (!family.isPartial) return accepted()
    const failed_events = failedEvents(problems)
    const data = { partial_failure: failed_events.length > 0, failed_events }
    return failed_events.length === 0 ? accepted(data) : { code: CODE.PARTIAL_OK, message: MESSAGE.partial, data }
  }
