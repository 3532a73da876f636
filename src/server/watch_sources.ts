import type { EventSourceSpec } from '../kinds.ts'
import type { Store } from '../store/store.ts'
import { type ConfiguredSource, type SourceLookup, sourcesByKey } from './ingest/options.ts'

const LOOK_EVERY_MS = 500

/** Event sources by write key, as they are configured now. */
export interface WatchedSources {
  readonly find: SourceLookup
  /** Reads the configuration again when it has changed; true when it had. */
  refresh(): Promise<boolean>
}

/** Follows changes of the event sources, whoever makes them. */
export async function watchSources(store: Pick<Store, 'resources'>, stopped: AbortSignal): Promise<WatchedSources> {
  let version = -1
  let lookup: SourceLookup = () => undefined
  let reading: Promise<boolean> | null = null

  async function read(): Promise<boolean> {
    const current = await store.resources.version()
    if (current === version) return false
    lookup = sourcesByKey(await configuredSources(store))
    version = current
    return true
  }

  function refresh(): Promise<boolean> {
    reading ??= read().finally(() => {
      reading = null
    })
    return reading
  }

  await refresh()
  // Should the state be out of reach for a while, the sources that are known go on.
  const timer = setInterval(() => refresh().catch(() => false), LOOK_EVERY_MS)
  timer.unref()
  stopped.addEventListener('abort', () => clearInterval(timer))
  return { find: (writeKey) => lookup(writeKey), refresh }
}

async function configuredSources({ resources }: Pick<Store, 'resources'>): Promise<readonly ConfiguredSource[]> {
  return (await resources.list('event_source')).map(({ name, spec }) => {
    const { type, write_key, allowed_origins, strict_keys } = spec as unknown as EventSourceSpec
    return {
      name,
      type,
      writeKey: write_key,
      strictKeys: strict_keys,
      ...(allowed_origins && { allowedOrigins: allowed_origins }),
    }
  })
}
