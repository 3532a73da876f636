import { firstWorld, type WorldPatch } from './change_world.ts'
import { Clock } from './clock.ts'
import { Consents } from './consents.ts'
import { DiagnosticTally } from './diagnostic_tally.ts'
import { Faults } from './faults.ts'
import { Ledger } from './ledger.ts'
import { seededRandom } from './random.ts'
import { RateLimit } from './rate.ts'
import { forgetReporting, newReporting, type Reporting } from './reports/reporting.ts'
import { RequestLog } from './request_log.ts'
import { adWorlds, type Blueprint } from './world/ad_world.ts'
import type { AdWorld } from './world/world.ts'
import type { World } from './world.ts'

/** Everything the simulator knows. Endpoints get it whole; `world` is the only part that is replaced. */
export interface Simulation {
  readonly clock: Clock
  readonly random: () => number
  readonly rate: RateLimit
  readonly ledger: Ledger
  readonly diagnostics: DiagnosticTally
  readonly requests: RequestLog
  readonly faults: Faults
  readonly consents: Consents
  readonly reporting: Reporting
  readonly firstWorld: World
  world: World
  /** The advertising world of a world; made when it is first asked for. */
  readonly adWorldOf: (blueprint: Blueprint) => AdWorld
}

/** What a simulation is made of. */
export interface SimulationParts {
  readonly now: () => number
  readonly seed: number
  readonly world: WorldPatch
}

/** A simulation in which nothing has happened yet. */
export function newSimulation({ now, seed, world }: SimulationParts): Simulation {
  const clock = new Clock(now)
  const first = firstWorld(world, clock.now())
  return {
    clock,
    random: seededRandom(seed),
    rate: new RateLimit(),
    ledger: new Ledger(),
    diagnostics: new DiagnosticTally(),
    requests: new RequestLog(),
    faults: new Faults(seededRandom(seed + 1)),
    consents: new Consents(),
    reporting: newReporting(),
    firstWorld: first,
    world: first,
    adWorldOf: adWorlds(),
  }
}

/** Forgets all that was received and ordered; the world stays as it is. */
export function forget(simulation: Simulation): void {
  simulation.clock.reset()
  simulation.rate.clear()
  simulation.ledger.clear()
  simulation.diagnostics.clear()
  simulation.requests.clear()
  simulation.faults.remove(null)
  forgetReporting(simulation.reporting)
  simulation.consents.clear()
}
