import { MutationCache, QueryCache, QueryClient, queryOptions } from '@tanstack/react-query'
import type {
  AuditList,
  DeadLetters,
  EventList,
  FieldTable,
  Home,
  Kind,
  PresetList,
  RejectList,
  Resource,
  ResourceList,
  Summary,
  Trace,
} from '../../../src/server/contract.ts'
import { ApiFailure, call, readSession } from './client.ts'
import { isConnection } from './specs.ts'

/** What a list is narrowed to, as it goes into an address. */
export type Filters = { readonly [name: string]: string | number | undefined }

/** The query part of an address, from those filters that are set. */
export function queryString(filters: Filters): string {
  const given = Object.entries(filters).filter(([, value]) => value !== undefined && value !== '')
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()
  return text === '' ? '' : `?${text}`
}

/** Reads a path of the API. */
export const get = <T>(path: string, signal: AbortSignal) => call<T>('GET', path, undefined, signal)

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => readSession(signal),
  staleTime: 60_000,
})

export const homeQuery = queryOptions({
  queryKey: ['home'],
  queryFn: ({ signal }) => get<Home>('/home', signal),
  refetchInterval: 5_000,
})

export const summaryQuery = queryOptions({
  queryKey: ['summary'],
  queryFn: ({ signal }) => get<Summary>('/summary', signal),
  refetchInterval: 5_000,
})

export const resourcesQuery = (kind: Kind) =>
  queryOptions({
    queryKey: ['resources', kind],
    queryFn: ({ signal }) => get<ResourceList>(`/resources?kind=${kind}`, signal),
    select: (list: ResourceList) => list.resources,
    refetchInterval: 15_000,
  })

/** The syncs that carry events. */
export const eventSyncsQuery = queryOptions({
  ...resourcesQuery('sync'),
  select: (list: ResourceList) => list.resources.filter((sync) => !isConnection(sync)),
})

/** The syncs that fill warehouse tables. */
export const connectionsQuery = queryOptions({
  ...resourcesQuery('sync'),
  select: (list: ResourceList) => list.resources.filter(isConnection),
})

export const resourceQuery = (kind: Kind, name: string) =>
  queryOptions({
    queryKey: ['resource', kind, name],
    queryFn: ({ signal }) => get<Resource>(resourcePath(kind, name), signal),
  })

export const fieldsQuery = (destinationType: string) =>
  queryOptions({
    queryKey: ['fields', destinationType],
    queryFn: ({ signal }) => get<FieldTable>(`/destinations/${encodeURIComponent(destinationType)}/fields`, signal),
    staleTime: Number.POSITIVE_INFINITY,
  })

export const presetsQuery = queryOptions({
  queryKey: ['presets'],
  queryFn: ({ signal }) => get<PresetList>('/presets', signal),
  staleTime: Number.POSITIVE_INFINITY,
})

export const eventsQuery = (filters: Filters) =>
  queryOptions({
    queryKey: ['events', filters],
    queryFn: ({ signal }) => get<EventList>(`/events${queryString(filters)}`, signal),
  })

export const traceQuery = (id: number, reveal: boolean) =>
  queryOptions({
    queryKey: ['trace', id, reveal],
    queryFn: ({ signal }) => get<Trace>(`/events/${id}${reveal ? '?reveal=1' : ''}`, signal),
    ...(reveal ? { staleTime: Number.POSITIVE_INFINITY, gcTime: 0 } : {}),
  })

export const deadLettersQuery = queryOptions({
  queryKey: ['dead-letters'],
  queryFn: ({ signal }) => get<DeadLetters>('/dead-letters', signal),
  refetchInterval: 10_000,
})

export const rejectsQuery = (source: string) =>
  queryOptions({
    queryKey: ['rejects', source],
    queryFn: ({ signal }) => get<RejectList>(`/rejects${queryString({ source, limit: 20 })}`, signal),
    refetchInterval: 10_000,
  })

export const auditQuery = (before: number | undefined) =>
  queryOptions({
    queryKey: ['audit', before],
    queryFn: ({ signal }) => get<AuditList>(`/audit${queryString({ before, limit: 50 })}`, signal),
  })

/**
 * Reads again whatever is on the page. A trace with personal data is left as it is: each reading of it is written to the
 * audit log, and only a person's own look belongs there.
 */
export const refresh = (queries: QueryClient): Promise<void> =>
  queries.invalidateQueries({ predicate: ({ queryKey: [kind, , reveal] }) => kind !== 'trace' || reveal !== true })

/** Path of one resource under the API. */
export const resourcePath = (kind: Kind, name: string): string => `/resources/${kind}/${encodeURIComponent(name)}`

/** The cache of everything read; `onLoggedOut` is called when the server wants a login first. */
export function makeQueryClient(onLoggedOut: () => void): QueryClient {
  const onError = (error: Error) => {
    if (error instanceof ApiFailure && error.status === 401) onLoggedOut()
  }
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    // Reconnecting is the banner's work: a query that failed waits for it.
    defaultOptions: {
      queries: { retry: false, networkMode: 'always', staleTime: 1_000 },
      mutations: { networkMode: 'always' },
    },
  })
}
