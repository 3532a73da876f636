import type { Call } from '../call.ts'
import { ControlError } from '../control_error.ts'
import { countedAs } from '../event_names.ts'
import type { Ledger } from '../ledger.ts'
import { type ReceivedEvent, receivedEvents } from '../received_events.ts'
import type { Simulation } from '../simulation.ts'
import { type Totals, tallyOf, VERDICTS } from '../tallies.ts'
import { type Control, type Given, numberParam, some } from './control.ts'

const LIMIT = 100

/** What a caller wants to see; null where it does not mind. */
interface Wanted {
  readonly sourceId: string | null
  readonly event: string | null
  readonly eventId: string | null
  /** `*` for any code. */
  readonly testCode: string | null
  readonly verdict: string
}

function wantedBy({ query }: Call): Wanted {
  const testCode = query.get('test_event_code')
  const verdict = query.get('verdict') ?? (testCode === null ? 'counted' : 'test')
  if (verdict !== 'all' && !VERDICTS.some((known) => known === verdict)) {
    throw new ControlError(`Cannot list events: "verdict" is "${verdict}"; expected all, ${VERDICTS.join(', ')}`)
  }
  const sourceId = query.get('event_source_id')
  return { sourceId, event: query.get('event'), eventId: query.get('event_id'), testCode, verdict }
}

/** An event may be asked for by its old or by its new name. */
const isNamed = (wanted: string | null, name: string) =>
  wanted === null || wanted === name || countedAs(wanted, 'web') === name

const isFrom = (wanted: string | null, sourceId: string) => wanted === null || wanted === sourceId

const hasCode = (wanted: string | null, code: string | null) =>
  wanted === null || (wanted === '*' ? code !== null : wanted === code)

const isAmong = (wanted: Wanted, event: ReceivedEvent): boolean =>
  isFrom(wanted.sourceId, event.event_source_id) &&
  isNamed(wanted.event, event.counted_as) &&
  (wanted.eventId === null || wanted.eventId === event.event_id) &&
  hasCode(wanted.testCode, event.test_event_code)

/** Exact since the last reset; for one event_id or test code only over the newest events. */
function totalsOf(ledger: Ledger, wanted: Wanted): Totals {
  if (wanted.eventId === null && wanted.testCode === null) {
    return ledger.tallies.totals((sourceId, event) => isFrom(wanted.sourceId, sourceId) && isNamed(wanted.event, event))
  }
  return tallyOf([...receivedEvents(ledger)].filter((event) => isAmong(wanted, event)))
}

/** Counted ids, one a line; an id that itself holds a line break is written as JSON text. */
function idLines(ledger: Ledger, wanted: Wanted): Given {
  const lines: string[] = []
  for (const { sourceId, event, eventId } of ledger.window.remembered()) {
    if (isFrom(wanted.sourceId, sourceId) && isNamed(wanted.event, event))
      lines.push(/[\n\r]/.test(eventId) ? JSON.stringify(eventId) : eventId)
  }
  return { text: lines.length === 0 ? '' : `${lines.join('\n')}\n` }
}

/** First sightings of one id that deduplication still remembers, also beyond the newest events. */
const rememberedOf = (ledger: Ledger, wanted: Wanted, eventId: string) =>
  ledger.window
    .find(eventId)
    .filter(({ sourceId, event }) => isFrom(wanted.sourceId, sourceId) && isNamed(wanted.event, event))
    .map(({ sourceId, event, at }) => ({
      event_source_id: sourceId,
      event,
      first_received_at: new Date(at).toISOString(),
    }))

/**
 * `GET /__simulator/events`: what TikTok would count. Filters `event_source_id`, `event`, `event_id`,
 * `test_event_code` (`*` for any), `verdict` (counted unless `all`, `duplicate`, `merged`, `test`), `limit`, `after` (a `seq`).
 * `ids=1` gives every counted event_id still remembered as text lines.
 */
export const listEvents: Control = (call: Call, { ledger }: Simulation) => {
  const wanted = wantedBy(call)
  if (call.query.get('ids') === '1') return idLines(ledger, wanted)
  const after = numberParam(call, 'after', 0)
  const isWanted = (event: ReceivedEvent) =>
    event.seq > after && isAmong(wanted, event) && (wanted.verdict === 'all' || wanted.verdict === event.verdict)
  const events = some(receivedEvents(ledger), isWanted, numberParam(call, 'limit', LIMIT))
  const remembered = wanted.eventId === null ? {} : { remembered: rememberedOf(ledger, wanted, wanted.eventId) }
  return { json: { totals: totalsOf(ledger, wanted), last_seq: ledger.lastSeq, events, ...remembered } }
}
