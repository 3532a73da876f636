import { changeWorld } from '../change_world.ts'
import { aboutSettings } from '../settings.ts'
import { forget, type Simulation } from '../simulation.ts'
import { type Control, objectBody } from './control.ts'

const shown = ({ world }: Simulation) => ({ json: { ...world, about_settings: aboutSettings() } })

/** `GET /__simulator/world`: tokens, pixels, event sets, apps and settings, and what each setting means. */
export const readWorld: Control = (_, simulation) => shown(simulation)

/** `POST /__simulator/world`: a JSON merge patch over the world: `{ "tokens": { "old": { "state": "revoked" } } }`. */
export const patchWorld: Control = (call, simulation) => {
  simulation.world = changeWorld(simulation.world, objectBody(call), simulation.clock.now())
  return shown(simulation)
}

/** `POST /__simulator/reset`: forgets all that was received, the faults and the clock; with `world=1` also changes of the world. */
export const reset: Control = (call, simulation) => {
  forget(simulation)
  if (call.query.get('world') === '1') simulation.world = simulation.firstWorld
  return { json: {} }
}
