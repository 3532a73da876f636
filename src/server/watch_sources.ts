import type { EventSourceSpec } from '../kinds.ts'
import type { Store } from '../store/store.ts'
import { type ConfiguredSource, type SourceLookup, sourcesByKey } from './ingest/options.ts'

const LOOK_EVERY_MS = 500

/** Finds event sources by write key, and follows changes of the configuration, whoever makes them. */
export async function watchSources(
  { resources }: Pick<Store, 'resources'>,
  stopped: AbortSignal,
): Promise<SourceLookup> {
  let version = await resources.version()
  let lookup = sourcesByKey(await configuredSources({ resources }))

  const timer = setInterval(async () => {
    const current = await resources.version().catch(() => version)
    if (current === version) return
    version = current
    lookup = sourcesByKey(await configuredSources({ resources }))
  }, LOOK_EVERY_MS)
  timer.unref()
  stopped.addEventListener('abort', () => clearInterval(timer))

  return (writeKey) => lookup(writeKey)
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
