import type { Call } from '../call.ts'
import { ControlError } from '../control_error.ts'
import { LEVELS, METRICS } from '../reports/catalog.ts'
import { sourcesOf } from '../reports/reporting.ts'
import { type True, truthOf } from '../reports/truth.ts'
import type { Simulation } from '../simulation.ts'
import { findAdvertiser } from '../world/ad_world.ts'
import { dayText, readDay } from '../world/calendar.ts'
import type { Advertiser } from '../world/world.ts'
import type { Control } from './control.ts'

const DEFAULT_METRICS = 'spend,impressions,clicks,conversion'
const DAYS_MAX = 1100

function fail(name: string, value: string | null, expected: string): never {
  throw new ControlError(`Cannot tell the truth: "${name}" is ${JSON.stringify(value)}; expected ${expected}`)
}

function advertiserOf({ query }: Call, { world, adWorldOf }: Simulation): Advertiser {
  const id = query.get('advertiser_id')
  return findAdvertiser(adWorldOf(world), id ?? '') ?? fail('advertiser_id', id, 'the id of an account')
}

function dayOfParam({ query }: Call, name: string): number {
  const text = query.get(name)
  return readDay(text ?? '') ?? fail(name, text, 'a day as YYYY-MM-DD')
}

function metricsOf({ query }: Call): readonly string[] {
  const names = (query.get('metrics') ?? DEFAULT_METRICS).split(',')
  const unknown = names.find((name) => METRICS.get(name)?.kind === 'attribute' || !METRICS.has(name))
  return unknown === undefined ? names : fail('metrics', unknown, 'names of metrics that are figures, parted by commas')
}

const shown = ({ id, day, metrics }: True) => ({
  ...(id !== null && { id }),
  ...(day !== null && { day: dayText(day) }),
  metrics,
})

/**
 * `GET /__simulator/truth`: an account's figures straight from what they are made of, deleted objects included and past
 * every rule of the report endpoint. `advertiser_id`, `from`, `to` (days of the account's zone), `metrics` (by commas),
 * `level` (advertiser unless campaign, adgroup, ad). `totals` are over all of it, `rows` counts objects times days with
 * figures; `by=id`, `by=day` or `by=id,day` gives the parts.
 */
export const readTruth: Control = (call, simulation) => {
  const advertiser = advertiserOf(call, simulation)
  const [from, to] = [dayOfParam(call, 'from'), dayOfParam(call, 'to')]
  if (to < from || to - from >= DAYS_MAX) fail('to', call.query.get('to'), `0 to ${DAYS_MAX - 1} days after "from"`)
  const wanted = call.query.get('level') ?? 'advertiser'
  const level = LEVELS.find((known) => known === wanted) ?? fail('level', wanted, LEVELS.join(', '))
  const by = (call.query.get('by') ?? '').split(',')
  const { totals, rows, groups } = truthOf(
    { advertiser, level, from, to, metrics: metricsOf(call), byObject: by.includes('id'), byDay: by.includes('day') },
    sourcesOf(simulation),
    simulation.world.settings,
    call.at,
  )
  return {
    json: {
      advertiser_id: advertiser.advertiser_id,
      currency: advertiser.currency,
      now: new Date(call.at).toISOString(),
      totals,
      rows,
      ...(groups.length > 0 && { groups: groups.map(shown) }),
    },
  }
}
