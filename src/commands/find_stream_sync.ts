import { suggestion } from '../core/nearest.ts'
import { isStreamSync, type StreamSyncSpec } from '../kinds.ts'
import { knownStreams, streamsOn } from '../known_streams.ts'
import type { Store } from '../store/store.ts'
import { CommandError, EXIT } from './outlet.ts'

/** A sync from TikTok that a person named, and the streams it reads. */
export interface FoundSync {
  readonly name: string
  readonly spec: StreamSyncSpec
  readonly streams: readonly string[]
}

/** The sync from TikTok of a name. @throws CommandError saying which there are */
export async function findStreamSync({ resources }: Store, name: string): Promise<FoundSync> {
  const all = await resources.list()
  const syncs = all.filter(({ kind }) => kind === 'sync')
  const found = syncs.find((sync) => sync.name === name)
  if (!found) {
    const names = syncs.filter(({ spec }) => isStreamSync(spec)).map((sync) => sync.name)
    const hint = names.length === 0 ? '; there is no sync from TikTok yet' : suggestion(name, names)
    throw new CommandError(EXIT.usage, `Cannot find sync "${name}"${hint}`)
  }
  if (!isStreamSync(found.spec)) {
    throw new CommandError(EXIT.usage, `Cannot run "${name}": it carries events, so a worker runs it all the time`)
  }
  const spec = found.spec as unknown as StreamSyncSpec
  return { name, spec, streams: streamsOn(spec, knownStreams(all)).map(({ table }) => table.name) }
}

/** Streams that a person named, once it is sure that the sync reads them; null when none was named. */
export function demandStreams({ name, streams }: FoundSync, named: readonly string[]): readonly string[] | null {
  const wrong = named.find((one) => !streams.includes(one))
  if (wrong !== undefined) {
    throw new CommandError(EXIT.usage, `Cannot run ${name}: it reads no stream "${wrong}"${suggestion(wrong, streams)}`)
  }
  return named.length === 0 ? null : named
}
