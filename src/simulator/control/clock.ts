import type { Clock } from '../clock.ts'
import { ControlError } from '../control_error.ts'
import { type Control, objectBody } from './control.ts'

const shown = (clock: Clock) => ({
  json: { now: new Date(clock.now()).toISOString(), now_ms: clock.now(), offset_ms: clock.offsetMs },
})

const YEAR_9999_MS = 253_402_300_799_999

function msOf(value: unknown): number {
  const ms = typeof value === 'string' ? Date.parse(value) : value
  if (typeof ms === 'number' && ms >= 0 && ms <= YEAR_9999_MS) return ms
  throw new ControlError(
    `Cannot set the clock: "now" is ${JSON.stringify(value)}; expected an ISO time or milliseconds since 1970`,
  )
}

function advance(clock: Clock, ms: unknown): void {
  if (typeof ms !== 'number' || !Number.isFinite(ms)) {
    throw new ControlError(`Cannot set the clock: "advance_ms" is ${JSON.stringify(ms)}; expected milliseconds`)
  }
  clock.set(msOf(clock.now() + ms))
}

/** `GET /__simulator/clock`: the simulator's time. */
export const readClock: Control = (_, { clock }) => shown(clock)

/** `POST /__simulator/clock`: `now` (ISO time or ms since 1970) sets the time, `advance_ms` moves it. It goes on from there. */
export const setClock: Control = (call, { clock }) => {
  const { now, advance_ms } = objectBody(call)
  if (now === undefined && advance_ms === undefined)
    throw new ControlError('Cannot set the clock: give "now" or "advance_ms"')
  if (now !== undefined) clock.set(msOf(now))
  if (advance_ms !== undefined) advance(clock, advance_ms)
  return shown(clock)
}
