import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { JsonObject } from '../../../src/server/contract.ts'
import type {
  AccountConnection,
  Erd,
  ReportChoices,
  RestatementList,
  Run,
  RunDetail,
  RunList,
  SchemaChangeList,
  StreamList,
  SyncStreams,
  WarehouseCheck,
} from '../../../src/server/contract_streams.ts'
import { call } from './client.ts'
import { type Filters, get, queryString } from './queries.ts'

/** True once a run will not go on by itself. */
export const isOver = ({ endedAt }: Run): boolean => endedAt !== null

const named = (kind: string, name: string, what: string): string => `/${kind}/${encodeURIComponent(name)}/${what}`

/** Read from TikTok at every call, so it is kept for a minute. */
export const accountConnectionQuery = (account: string) =>
  queryOptions({
    queryKey: ['account-connection', account],
    queryFn: ({ signal }) => get<AccountConnection>(named('accounts', account, 'connection'), signal),
    staleTime: 60_000,
  })

export const warehouseCheckQuery = (warehouse: string, schema: string) =>
  queryOptions({
    queryKey: ['warehouse-check', warehouse, schema],
    queryFn: ({ signal }) =>
      get<WarehouseCheck>(`${named('warehouses', warehouse, 'check')}${queryString({ schema })}`, signal),
    staleTime: Number.POSITIVE_INFINITY,
  })

export const schemaQuery = (kind: string) =>
  queryOptions({
    queryKey: ['schema', kind],
    queryFn: ({ signal }) => get<JsonObject>(`/schemas/${kind}`, signal),
    staleTime: Number.POSITIVE_INFINITY,
  })

export const streamsQuery = queryOptions({
  queryKey: ['streams'],
  queryFn: ({ signal }) => get<StreamList>('/streams', signal),
  select: (list: StreamList) => list.streams,
  staleTime: 60_000,
})

export const syncStreamsQuery = (sync: string) =>
  queryOptions({
    queryKey: ['sync-streams', sync],
    queryFn: ({ signal }) => get<SyncStreams>(named('syncs', sync, 'streams'), signal),
    refetchInterval: ({ state }) => (state.data?.running ? 2_000 : 10_000),
  })

export const runsQuery = (filters: Filters) =>
  queryOptions({
    queryKey: ['runs', filters],
    queryFn: ({ signal }) => get<RunList>(`/runs${queryString(filters)}`, signal),
    refetchInterval: 5_000,
  })

export const runQuery = (id: string) =>
  queryOptions({
    queryKey: ['run', id],
    queryFn: ({ signal }) => get<RunDetail>(`/runs/${encodeURIComponent(id)}`, signal),
    refetchInterval: ({ state }) => (state.data && isOver(state.data.run) ? false : 1_500),
  })

export const schemaChangesQuery = (filters: Filters) =>
  queryOptions({
    queryKey: ['schema-changes', filters],
    queryFn: ({ signal }) => get<SchemaChangeList>(`/schema-changes${queryString(filters)}`, signal),
    select: (list: SchemaChangeList) => list.changes,
    refetchInterval: 15_000,
  })

export const restatementsQuery = (filters: Filters) =>
  queryOptions({
    queryKey: ['restatements', filters],
    queryFn: ({ signal }) => get<RestatementList>(`/restatements${queryString(filters)}`, signal),
    select: (list: RestatementList) => list.restatements,
    placeholderData: keepPreviousData,
  })

export const choicesQuery = (chosen: Filters) =>
  queryOptions({
    queryKey: ['report-choices', chosen],
    queryFn: ({ signal }) => get<ReportChoices>(`/reporting/choices${queryString(chosen)}`, signal),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  })

/** Asks something of a draft that nothing changes by: a check or an estimate. */
export const askedQuery = <Answer>(path: string, body: unknown, enabled = true) =>
  queryOptions({
    queryKey: ['asked', path, body],
    queryFn: ({ signal }) => call<Answer>('POST', path, body, signal),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    enabled,
  })

export const erdQuery = (sync: string | undefined) =>
  queryOptions({
    queryKey: ['erd', sync],
    queryFn: ({ signal }) => get<Erd>(`/erd${queryString({ sync })}`, signal),
    staleTime: 30_000,
  })

/** Address of the schema as text, for a download or to be read. */
export const schemaExportPath = (sync: string | undefined, format: SchemaFormat): string =>
  `/schema/export${queryString({ sync, format })}`

/** How the schema is written for other programs. */
export type SchemaFormat = 'sql' | 'dbml' | 'mermaid' | 'json'
