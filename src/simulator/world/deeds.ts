import type { Change } from './world.ts'

/** Something done by hand to the advertising world, at a moment in ms. */
export type Deed =
  | {
      readonly do: 'create_campaign'
      readonly at: number
      readonly advertiser_id: string
      readonly name: string | null
      readonly automation: 'MANUAL' | 'UPGRADED_SMART_PLUS'
      readonly adgroups: number
      /** In each ad group. */
      readonly ads: number
    }
  | ({ readonly do: 'change' /** Of a campaign, ad group, ad or Smart+ ad. */; readonly id: string } & Change)

/** The changes of all deeds, by entity. */
export function changesOf(deeds: readonly Deed[]): ReadonlyMap<string, readonly Change[]> {
  const changes = deeds.flatMap((deed) => (deed.do === 'change' ? [deed] : []))
  return Map.groupBy(changes, ({ id }) => id)
}
