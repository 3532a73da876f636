import type { Answer } from '../answer.ts'
import type { Call } from '../call.ts'
import type { Simulation } from '../simulation.ts'
import type { Grant } from '../world.ts'

/** One of TikTok's paths. Called once the token is known to be good; `grant` is what it may touch. */
export type Endpoint = (call: Call, grant: Grant, simulation: Simulation) => Answer

/** A path of TikTok that is called without a token. */
export type OpenEndpoint = (call: Call, simulation: Simulation) => Answer
