import { suggestion } from '../core/nearest.ts'
import type { RunRequest } from '../core/run.ts'
import type { DayRange } from '../core/stream.ts'
import { isStreamSync, type StreamSyncSpec } from '../kinds.ts'
import { knownStreams, streamsOn } from '../known_streams.ts'
import type { StoredResource } from '../store/resources.ts'
import type { Store } from '../store/store.ts'
import { ApiFailure, notFound } from './api_route.ts'

/** What a sync from TikTok says of itself. */
export interface StreamSync {
  readonly name: string
  readonly spec: StreamSyncSpec
}

/** A stored sync from TikTok. @throws ApiFailure when there is none of the name, or it carries events. */
export async function streamSyncOf({ resources }: Pick<Store, 'resources'>, name: string): Promise<StreamSync> {
  const sync = await resources.get('sync', name)
  if (!sync) throw notFound(`sync "${name}"`)
  if (!isStreamSync(sync.spec)) {
    throw new ApiFailure(422, 'api.invalid', `Sync "${name}" carries events; only syncs from TikTok have runs`)
  }
  return { name, spec: sync.spec as unknown as StreamSyncSpec }
}

/** Which streams and days somebody asks for. */
export interface Asked {
  readonly kind: RunRequest['kind']
  readonly streams?: readonly string[] | undefined
  readonly days?: DayRange | undefined
}

/** What was asked for, as a run takes it. @throws ApiFailure naming what is wrong with it. */
export function toRequest(
  { spec }: StreamSync,
  { kind, streams, days }: Asked,
  resources: readonly StoredResource[],
): Pick<RunRequest, 'kind' | 'streams' | 'days'> {
  const on = streamsOn(spec, knownStreams(resources)).map(({ table }) => table.name)
  const off = streams?.findIndex((stream) => !on.includes(stream)) ?? -1
  if (off >= 0)
    throw invalid(`streams[${off}]`, `"${streams![off]}" is not switched on${suggestion(streams![off]!, on)}`)
  if (kind === 'backfill' && !days) throw invalid('days', 'is missing; say which days to read')
  if (days && days.from > days.to) throw invalid('days', `ends on ${days.to}, before it begins on ${days.from}`)
  return { kind, streams: streams ?? null, days: days ?? null }
}

function invalid(path: string, message: string): ApiFailure {
  return new ApiFailure(422, 'api.invalid', `Cannot run: ${path} ${message}`, [{ path, message }])
}
