import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Config, readConfig } from '../config.ts'
import { openStore, type Store } from '../store/store.ts'
import { CommandError, EXIT } from './outlet.ts'
import type { Shell } from './shell.ts'

/** The settings of a shell, with the data directory as a whole path. */
export function configOf({ environment, folder }: Shell): Config {
  const config = readConfig(environment)
  return { ...config, BACKBEAT_DATA: resolve(folder, config.BACKBEAT_DATA) }
}

/** Whether anything was ever started with these settings. */
export const hasData = ({ BACKBEAT_DATA }: Config): boolean => existsSync(join(BACKBEAT_DATA, 'queue.db'))

/** Opens the data directory for as long as `work` runs, making it when there is none. */
export async function withStore<T>(shell: Shell, work: (store: Store, config: Config) => Promise<T>): Promise<T> {
  const config = configOf(shell)
  const store = await openStore(config, shell.now)
  try {
    return await work(store, config)
  } finally {
    await store.close()
  }
}

/** The same for a command that only looks: a data directory that is not there is most likely another folder. */
export async function withExistingStore<T>(
  shell: Shell,
  work: (store: Store, config: Config) => Promise<T>,
): Promise<T> {
  const config = configOf(shell)
  if (hasData(config)) return withStore(shell, work)
  throw new CommandError(
    EXIT.usage,
    `Cannot open ${config.BACKBEAT_DATA}: nothing was started there yet; start the server, or set BACKBEAT_DATA to its folder`,
  )
}
