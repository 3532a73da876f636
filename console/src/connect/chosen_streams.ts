import type { StreamInfo } from '../../../src/server/contract_streams.ts'

/** The streams that are read: those named, or the usual ones. */
export const chosenNames = (streams: readonly StreamInfo[], named: readonly string[] | null): ReadonlySet<string> =>
  new Set(named ?? usual(streams))

/** True when these are exactly the usual ones, so that none need be named and new usual ones join by themselves. */
export const isUsual = (streams: readonly StreamInfo[], names: ReadonlySet<string>): boolean =>
  names.symmetricDifference(new Set(usual(streams))).size === 0

const usual = (streams: readonly StreamInfo[]): readonly string[] =>
  streams.filter(({ isDefault }) => isDefault).map(({ table }) => table.name)
