import { streams } from './catalog.ts'
import type { Stream } from './core/stream.ts'
import type { StreamSyncSpec } from './kinds.ts'
import type { StoredResource } from './store/resources.ts'
import type { Reader } from './tiktok/reader.ts'

/** Every stream there is: those of the catalogue, and the custom reports among these resources. */
export function knownStreams(_resources: readonly StoredResource[]): readonly Stream<Reader>[] {
  return streams
}

/** Those of them that a sync reads. */
export function streamsOn({ from }: StreamSyncSpec, known: readonly Stream<Reader>[]): readonly Stream<Reader>[] {
  return known.filter(({ table, isDefault }) => (from.streams ? from.streams.includes(table.name) : isDefault))
}
