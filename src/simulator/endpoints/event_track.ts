import { refuseBody, refuseEventSource } from '../access.ts'
import { type Answer, accepted, refused } from '../answer.ts'
import type { Problem } from '../check.ts'
import { checkEvent } from '../check_event.ts'
import { CODE } from '../codes.ts'
import type { TrackedEvent } from '../event.ts'
import { takeIn } from '../intake.ts'
import { isObject, type JsonObject, textAt } from '../json.ts'
import { MESSAGE } from '../messages.ts'
import type { Settings } from '../settings.ts'
import type { EventSourceKind, Grant, World } from '../world.ts'
import type { Endpoint } from './endpoint.ts'

const KINDS: readonly EventSourceKind[] = ['web', 'app', 'offline', 'crm']

const refuseKind = ({ event_source }: JsonObject): Answer | null =>
  KINDS.some((kind) => kind === event_source) ? null : refused(CODE.PARAM_ERROR, MESSAGE.eventSource)

function refusePartner({ partner_name }: JsonObject, { settings }: World): Answer | null {
  if (partner_name === undefined || partner_name === null) return null
  if (typeof partner_name !== 'string')
    return refused(CODE.PARAM_ERROR, MESSAGE.invalid('partner_name', 'not a valid string'))
  return settings.partner_name === 'any' ? null : refused(CODE.INVALID_PARTNER_NAME, MESSAGE.partnerName)
}

const refuseTestCode = ({ test_event_code }: JsonObject): Answer | null =>
  test_event_code === undefined || test_event_code === null || typeof test_event_code === 'string'
    ? null
    : refused(CODE.PARAM_ERROR, MESSAGE.invalid('test_event_code', 'not a valid string'))

function refuseSize({ data }: JsonObject, { settings }: World): Answer | null {
  if (!Array.isArray(data)) return refused(CODE.PARAM_ERROR, MESSAGE.invalid('data', 'not a valid list'))
  if (data.length > 0 && data.length <= settings.batch_size_max) return null
  return refused(settings.batch_size_code, MESSAGE.batchSize('data', settings.batch_size_max))
}

/** Everything beside the events, in TikTok's order. */
function refuseEnvelope(body: JsonObject, grant: Grant, world: World): Answer | null {
  return (
    refuseKind(body) ??
    refuseEventSource(
      world,
      grant,
      body['event_source'] as EventSourceKind,
      body['event_source_id'],
      'event_source_id',
    ) ??
    refusePartner(body, world) ??
    refuseTestCode(body) ??
    refuseSize(body, world)
  )
}

function refusal({ path, reason, code }: Problem, index: number, settings: Settings): Answer {
  const parts = settings.bad_item_path === 'indexed' ? ['data', `${index}`, path] : [path || 'data']
  return refused(code, MESSAGE.invalid(parts.filter((part) => part !== '').join('.'), reason))
}

/** One bad event refuses the whole request; the answer names the first. */
function refuseEvents(
  events: readonly unknown[],
  source: EventSourceKind,
  settings: Settings,
  now: number,
): Answer | null {
  const situation = { source, settings, now }
  for (let index = 0; index < events.length; index++) {
    const problem = checkEvent(events[index], situation)
    if (problem !== null) return refusal(problem, index, settings)
  }
  return null
}

const readEvents = (json: unknown): readonly TrackedEvent[] => (json as { data: readonly TrackedEvent[] }).data

/** `POST /event/track/`, the Events API 2.0. Source: Events API 2.0, "Report web, app, offline or CRM events". */
export const eventTrack: Endpoint = (call, grant, simulation) => {
  const { world } = simulation
  const body = call.json()
  const unreadable = refuseBody(call.encoding, call.contentType, isObject(body), world)
  if (unreadable !== null || !isObject(body)) return unreadable ?? refused(CODE.PARAM_ERROR, MESSAGE.notJson)
  const envelopeRefused = refuseEnvelope(body, grant, world)
  if (envelopeRefused !== null) return envelopeRefused

  const source = body['event_source'] as EventSourceKind
  const events = readEvents(body)
  const eventsRefused = refuseEvents(events, source, world.settings, call.at)
  if (eventsRefused !== null) return eventsRefused

  const delivery = {
    path: call.path,
    source,
    sourceId: String(body['event_source_id']),
    channel: 'server' as const,
    testCode: textAt(body, 'test_event_code'),
    deduplicates: source !== 'app' || world.settings.app_deduplication === 'on',
    at: call.at,
    body: call.body,
    read: readEvents,
  }
  takeIn(simulation, delivery, events)
  return accepted()
}
