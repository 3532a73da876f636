import { checkEvent } from '../check_event.ts'
import { ControlError } from '../control_error.ts'
import type { TrackedEvent } from '../event.ts'
import { takeIn } from '../intake.ts'
import { isObject, textAt } from '../json.ts'
import type { Simulation } from '../simulation.ts'
import { findAsset } from '../world.ts'
import { type Control, objectBody } from './control.ts'

const readEvents = (json: unknown): readonly TrackedEvent[] => (isObject(json) ? (json['data'] as TrackedEvent[]) : [])

function checkEvents(events: unknown, { world, clock }: Simulation): void {
  if (!Array.isArray(events)) throw new ControlError('Cannot fire the pixel: "data" is no list of events')
  const situation = { source: 'web' as const, settings: world.settings, now: clock.now() }
  events.forEach((event, index) => {
    const problem = checkEvent(event, situation)
    if (problem !== null)
      throw new ControlError(`Cannot fire the pixel: data.${index}.${problem.path} is ${problem.reason}`)
  })
}

/**
 * `POST /__simulator/pixel`: events as the browser's pixel would report them, so that merging with the server's copy
 * can be tried: `{ "event_source_id": PIXEL CODE, "data": [2.0 events] }`. No token, as in a browser.
 */
export const firePixel: Control = (call, simulation) => {
  const body = objectBody(call)
  const sourceId = textAt(body, 'event_source_id') ?? ''
  if (findAsset(simulation.world, 'web', sourceId) === null) {
    throw new ControlError(`Cannot fire the pixel: there is no pixel "${sourceId}"`)
  }
  checkEvents(body['data'], simulation)
  const delivery = {
    path: call.path,
    source: 'web' as const,
    sourceId,
    channel: 'pixel' as const,
    testCode: textAt(body, 'test_event_code'),
    deduplicates: true,
    at: call.at,
    body: call.body,
    read: readEvents,
  }
  takeIn(simulation, delivery, readEvents(body))
  return { json: {} }
}
