import type { Simulation } from '../simulation.ts'
import { MINUTE_MS } from '../world/calendar.ts'
import { type Prepared, prepare, type Sources } from './prepare.ts'
import type { ReportQuery } from './query.ts'
import { ReceivedFigures } from './received.ts'
import { ReportTasks } from './tasks.ts'
import { TimeOuts } from './time_outs.ts'

/** What reporting remembers between calls. */
export interface Reporting {
  readonly received: ReceivedFigures
  readonly prepared: PreparedReports
  readonly tasks: ReportTasks
  readonly timeOuts: TimeOuts
}

const KEPT = 6

/** The reports asked for last, so that the rows of a large one are found once and not for every page. */
export class PreparedReports {
  readonly #kept = new Map<string, { readonly sources: Sources; readonly prepared: Prepared }>()

  /** Throws TooManyRows. */
  get(query: ReportQuery, sources: Sources, now: number): Prepared {
    const { page, pageSize, hasTotals, ...same } = query
    const key = JSON.stringify([same, Math.floor(now / MINUTE_MS), sources.received.version])
    const known = this.#kept.get(key)
    const isSame = known?.sources.adWorld === sources.adWorld && known.sources.world === sources.world
    this.#kept.delete(key)
    const prepared = known !== undefined && isSame ? known.prepared : prepare(query, sources, now)
    this.#kept.set(key, { sources, prepared })
    if (this.#kept.size > KEPT) this.#kept.delete(this.#kept.keys().next().value!)
    return prepared
  }

  clear(): void {
    this.#kept.clear()
  }
}

/** Reporting when nothing has been asked yet. */
export const newReporting = (): Reporting => ({
  received: new ReceivedFigures(),
  prepared: new PreparedReports(),
  tasks: new ReportTasks(),
  timeOuts: new TimeOuts(),
})

/** Forgets what was received and asked. */
export function forgetReporting({ received, prepared, tasks, timeOuts }: Reporting): void {
  timeOuts.clear()
  tasks.clear()
  received.clear()
  prepared.clear()
}

/** What reports of a simulation are made from, as things stand. */
export const sourcesOf = ({ world, adWorldOf, reporting }: Simulation): Sources => ({
  adWorld: adWorldOf(world),
  world,
  received: reporting.received,
})
