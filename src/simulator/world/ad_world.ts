import type { Advertising } from './accounts.ts'
import { accountsOf } from './accounts.ts'
import type { AdvertiserSpec } from './advertiser_spec.ts'
import { changesOf, type Deed } from './deeds.ts'
import { mix } from './draw.ts'
import { generateAdvertiser } from './generate.ts'
import type { Advertiser, AdWorld } from './world.ts'

/** What the advertising world is made from: all of it can be patched and written down. */
export interface Blueprint {
  readonly advertisers: { readonly [advertiser_id: string]: AdvertiserSpec }
  readonly advertising: Advertising
  readonly deeds: readonly Deed[]
}

/** A number for an id, the same whatever else there is in the world. */
const indexOf = (id: string) => mix(...[...id].map((letter) => letter.charCodeAt(0)))

/** Gives the advertising world of a blueprint. Accounts that are as they were are not made again. */
export function adWorlds(): (blueprint: Blueprint) => AdWorld {
  let last: { readonly blueprint: Blueprint; readonly world: AdWorld } | null = null
  let kept = new Map<string, Advertiser>()

  const make = ({ advertisers, advertising, deeds }: Blueprint): AdWorld => {
    const { seed, until, days } = advertising
    const layout = { seed, until: Date.parse(`${until}T00:00:00Z`), days }
    const accounts = accountsOf(advertisers, advertising).map(([id, spec]) => {
      const ordered = deeds.filter((deed) => deed.do === 'create_campaign').filter((deed) => deed.advertiser_id === id)
      const key = JSON.stringify([id, spec, layout, ordered])
      return [key, kept.get(key) ?? generateAdvertiser(id, spec, indexOf(id), layout, ordered)] as const
    })
    kept = new Map(accounts)
    return { seed, advertisers: [...kept.values()], changes: changesOf(deeds) }
  }

  return (blueprint) => {
    if (last?.blueprint !== blueprint) last = { blueprint, world: make(blueprint) }
    return last.world
  }
}

/** The account with this id, or null. */
export const findAdvertiser = (world: AdWorld, id: string): Advertiser | null =>
  world.advertisers.find(({ advertiser_id }) => advertiser_id === id) ?? null
