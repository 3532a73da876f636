import { readClock, setClock } from './clock.ts'
import type { Control } from './control.ts'
import { listDiagnostics } from './diagnostics.ts'
import { listEvents } from './events.ts'
import { listFaults, orderFaults, removeFaults } from './faults.ts'
import { firePixel } from './pixel.ts'
import { listRequests } from './requests.ts'
import { readTruth } from './truth.ts'
import { makeTtclid } from './ttclid.ts'
import { patchWorld, readWorld, reset } from './world.ts'

/** The simulator's own paths, for tests and for its page. */
export const CONTROLS: ReadonlyMap<string, Control> = new Map([
  ['GET /__simulator/requests/', listRequests],
  ['GET /__simulator/events/', listEvents],
  ['GET /__simulator/diagnostics/', listDiagnostics],
  ['GET /__simulator/faults/', listFaults],
  ['POST /__simulator/faults/', orderFaults],
  ['DELETE /__simulator/faults/', removeFaults],
  ['GET /__simulator/clock/', readClock],
  ['POST /__simulator/clock/', setClock],
  ['GET /__simulator/world/', readWorld],
  ['POST /__simulator/world/', patchWorld],
  ['POST /__simulator/reset/', reset],
  ['POST /__simulator/pixel/', firePixel],
  ['GET /__simulator/truth/', readTruth],
  ['GET /__simulator/ttclid/', makeTtclid],
])
