import type { StreamState } from '../../../src/server/contract_streams.ts'

/** Up to which day an advertiser's figures are complete. */
export interface Through {
  readonly advertiserId: string
  readonly advertiser: string
  readonly day: string
}

/** The day up to which every stream that is on and cut by days has been read, for each advertiser. */
export function dataThrough(streams: readonly StreamState[]): readonly Through[] {
  const least = new Map<string, Through>()
  for (const through of streams.filter(({ isOn }) => isOn).flatMap((stream) => stream.through)) {
    const known = least.get(through.advertiserId)
    if (!known || through.day < known.day) least.set(through.advertiserId, through)
  }
  return [...least.values()]
}

/** Advertisers by the day they share, the earliest day first: most of them share one. */
export function byDay(
  through: readonly Through[],
): readonly { readonly day: string; readonly names: readonly string[] }[] {
  const names = new Map<string, string[]>()
  for (const { day, advertiser } of through) names.set(day, [...(names.get(day) ?? []), advertiser])
  return [...names].sort(([a], [b]) => a.localeCompare(b)).map(([day, all]) => ({ day, names: all }))
}
