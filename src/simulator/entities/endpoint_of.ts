import { refuseAdvertiser } from '../access.ts'
import { type Answer, accepted, refused } from '../answer.ts'
import type { Endpoint } from '../endpoints/endpoint.ts'
import type { Simulation } from '../simulation.ts'
import { findAdvertiser } from '../world/ad_world.ts'
import type { Advertiser, AdWorld } from '../world/world.ts'
import type { World } from '../world.ts'
import { advertiserIdOf, BadArgument } from './arguments.ts'

/** What an answer is made of: the account, the world around it, and the time in ms. */
export interface Scene {
  readonly advertiser: Advertiser
  readonly adWorld: AdWorld
  readonly world: World
  readonly now: number
}

function reading(read: () => Answer): Answer {
  try {
    return read()
  } catch (error) {
    if (error instanceof BadArgument) return refused(error.code, error.message)
    throw error
  }
}

/** An endpoint in TikTok's order: first all arguments, then the account, then the data. `read` throws BadArgument. */
export function endpointOf<Q>(
  read: (query: URLSearchParams, simulation: Simulation) => Q,
  answer: (query: Q, scene: Scene) => object,
): Endpoint {
  return (call, grant, simulation) =>
    reading(() => {
      const advertiserId = advertiserIdOf(call.query)
      const query = read(call.query, simulation)
      const notAllowed = refuseAdvertiser(advertiserId, grant, simulation)
      if (notAllowed !== null) return notAllowed
      const adWorld = simulation.adWorldOf(simulation.world)
      const advertiser = findAdvertiser(adWorld, advertiserId)!
      return accepted(answer(query, { advertiser, adWorld, world: simulation.world, now: call.at }))
    })
}

/** An endpoint whose account is not one `advertiser_id`; `answer` may throw BadArgument. */
export const freeEndpoint =
  (answer: Endpoint): Endpoint =>
  (call, grant, simulation) =>
    reading(() => answer(call, grant, simulation))
