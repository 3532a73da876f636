import { useQuery } from '@tanstack/react-query'
import type { Advertiser } from '../../../src/server/contract_streams.ts'
import { resourceQuery } from './queries.ts'
import { type ConnectionSpec, typed } from './specs.ts'
import { accountConnectionQuery } from './stream_queries.ts'

/** Advertisers by their id. */
export type Advertisers = ReadonlyMap<string, Advertiser>

const NONE: Advertisers = new Map()
const STALE_MS = 5 * 60_000

/**
 * Names, currencies and zones of the advertisers that a connection's account may read, by id. Empty until TikTok has said so,
 * or when it does not: pages show ids then, and never wait for it.
 */
export function useAdvertisers(sync: string | undefined): Advertisers {
  const { data: connection } = useQuery({ ...resourceQuery('sync', sync ?? ''), enabled: sync !== undefined })
  const account = connection && typed<ConnectionSpec>(connection).spec.from.account
  return useAccountAdvertisers(account)
}

/** The same, by the account's name. */
export function useAccountAdvertisers(account: string | undefined): Advertisers {
  const { data } = useQuery({
    ...accountConnectionQuery(account ?? ''),
    enabled: account !== undefined,
    staleTime: STALE_MS,
  })
  // Of an advertiser that may not be read TikTok tells no currency; there are no figures of it either.
  const readable = data?.advertisers.filter(({ currency }) => currency !== '')
  return readable ? new Map(readable.map((advertiser) => [advertiser.id, advertiser])) : NONE
}
