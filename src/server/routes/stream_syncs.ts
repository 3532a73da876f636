import { z } from 'zod'
import { checkResource, isChecked } from '../../configure.ts'
import type { JsonObject } from '../../core/json.ts'
import type { Stream } from '../../core/stream.ts'
import { estimateSync } from '../../estimate_sync.ts'
import { isStreamSync, type StreamSyncSpec } from '../../kinds.ts'
import { knownStreams, streamsOn } from '../../known_streams.ts'
import { ApiFailure, type ApiRoute, type Context, read, write } from '../api_route.ts'
import type { Estimate, StreamInfo, StreamList, SyncStreams } from '../contract_streams.ts'
import { readConditions } from '../health.ts'
import { loadedSlices } from '../loaded_slices.ts'
import { healthOfStreamSync, NO_RUNS, nextRunAt } from '../stream_health.ts'
import { streamStates } from '../stream_states.ts'
import { type StreamSync, streamSyncOf, toRequest } from '../stream_sync.ts'

const byName = z.object({ name: z.string() })

const asked = z.object({
  kind: z.enum(['scheduled', 'manual', 'backfill', 'resync']),
  streams: z.array(z.string()).min(1).optional(),
  days: z.object({ from: z.iso.date(), to: z.iso.date() }).optional(),
})

export const streamSyncRoutes: readonly ApiRoute[] = [
  read({
    path: '/streams',
    about: 'Every table TikTok can fill, custom reports included; with a sync, those that it fills.',
    query: z.object({ sync: z.string().optional() }),
    async answer({ store }, { query }): Promise<StreamList> {
      const known = knownStreams(await store.resources.list('report'))
      const streams = query.sync === undefined ? known : streamsOn((await streamSyncOf(store, query.sync)).spec, known)
      return { streams: streams.map(toInfo) }
    },
  }),
  read({
    path: '/syncs/:name/streams',
    about: 'How each stream of a sync from TikTok stands.',
    params: byName,
    answer: async (context, { params }) => syncStreams(context, await streamSyncOf(context.store, params.name)),
  }),
  write({
    method: 'POST',
    path: '/syncs/:name/estimate',
    about: 'What a run of a sync would take: slices, calls and minutes.',
    params: byName,
    body: asked,
    audit: null,
    async answer(context, { params, body }) {
      const sync = await streamSyncOf(context.store, params.name)
      return { answer: await estimate(context, sync, body), subject: null }
    },
  }),
  write({
    method: 'POST',
    path: '/syncs/estimate',
    about: 'What the first run of a sync would take that is not saved yet.',
    body: z.object({ spec: z.record(z.string(), z.json()) }),
    audit: null,
    async answer(context, { body }) {
      const spec = await checkedSync(context, body.spec as JsonObject)
      return { answer: await estimate(context, { name: 'unsaved', spec }, { kind: 'scheduled' }), subject: null }
    },
  }),
]

const toInfo = ({ table, isDefault, callsPerSlice }: Stream<never>): StreamInfo => ({ table, isDefault, callsPerSlice })

async function syncStreams(context: Context, sync: StreamSync): Promise<SyncStreams> {
  const { store, outside } = context
  const { name, spec } = sync
  const now = outside.now()
  const conditions = await readConditions(store, now)
  const latest = conditions.runs.get(name) ?? NO_RUNS
  const known = knownStreams(conditions.resources)
  const [standing, changes, slices, loaded] = await Promise.all([
    store.runs.standing(name),
    store.schemaChanges.list({ sync: name, isOpen: true }),
    latest.underWay ? store.runs.slices(latest.underWay.id) : [],
    loadedSlices(context, sync, latest.ended?.id ?? null),
  ])
  const waiting = Map.groupBy(changes, ({ table }) => table)
  const stored = conditions.resources.find((resource) => resource.kind === 'sync' && resource.name === name)!
  return {
    sync: name,
    account: spec.from.account,
    warehouse: spec.to.warehouse,
    schema: spec.to.schema,
    ...healthOfStreamSync(stored, conditions),
    nextRunAt: nextRunAt(stored, conditions),
    running: latest.underWay,
    lastRun: latest.ended,
    streams: streamStates({
      spec,
      known,
      on: new Set(streamsOn(spec, known).map(({ table }) => table.name)),
      standing,
      running: slices,
      waiting: new Map([...waiting].map(([table, open]) => [table, open.length])),
      loaded,
      now,
    }),
  }
}

async function estimate(context: Context, sync: StreamSync, body: z.infer<typeof asked>): Promise<Estimate> {
  const { store } = context
  const request = toRequest(sync, body, await store.resources.list())
  return estimateSync(store, sync, request, context.streamOutside)
}

async function checkedSync({ store }: Context, spec: JsonObject): Promise<StreamSyncSpec> {
  const resources = await store.resources.list()
  const known = new Map(resources.map((resource) => [`${resource.kind}/${resource.name}`, resource.spec]))
  const checked = checkResource({ kind: 'sync', name: 'unsaved', spec }, known)
  if (!isChecked(checked)) {
    const { path, message } = checked[0]!
    throw new ApiFailure(422, 'api.invalid', `Cannot estimate: ${path} ${message}`, checked)
  }
  if (isStreamSync(checked.spec)) return checked.spec as unknown as StreamSyncSpec
  throw new ApiFailure(422, 'api.invalid', 'Cannot estimate: a sync that carries events has no runs')
}
