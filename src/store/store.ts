import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Audit, openAudit } from './audit.ts'
import { type Deliveries, openDeliveries } from './deliveries.ts'
import { type Journal, openJournal } from './journal.ts'
import { openPauses, type Pauses } from './pauses.ts'
import type { Queue } from './queue.ts'
import { openResources, type Resources } from './resources.ts'
import { openRestatements, type Restatements } from './restatements.ts'
import { openRuns, type Runs } from './runs.ts'
import { openSchemaChanges, type SchemaChanges } from './schema_changes.ts'
import { loadKey, openSecrets, type Secrets } from './secrets.ts'
import { openSqliteQueue, type SqliteQueueOptions } from './sqlite_queue.ts'
import { openPostgresState, openSqliteState, type State } from './state.ts'

/** Everything Backbeat remembers. */
export interface Store {
  readonly state: State
  readonly queue: Queue
  readonly journal: Journal
  readonly deliveries: Deliveries
  readonly resources: Resources
  readonly secrets: Secrets
  readonly pauses: Pauses
  readonly audit: Audit
  readonly runs: Runs
  readonly schemaChanges: SchemaChanges
  readonly restatements: Restatements
  close(): Promise<void>
}

export interface StoreSettings {
  readonly BACKBEAT_DATA: string
  readonly BACKBEAT_DATABASE_URL: string | null
  readonly BACKBEAT_KEY: string | null
  readonly BACKBEAT_QUEUE_MAX: number
}

/**
 * Opens the store of a data directory, making it at the first start. Several processes may have it open; one of them
 * takes events in, one runs the syncs. `openQueue` says where the writing happens; see `openThreadedQueue`.
 */
export async function openStore(
  settings: StoreSettings,
  now: () => number,
  openQueue: (path: string, options: SqliteQueueOptions) => Queue = openSqliteQueue,
): Promise<Store> {
  const folder = settings.BACKBEAT_DATA
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const url = settings.BACKBEAT_DATABASE_URL
  const state = url === null ? await openSqliteState(join(folder, 'state.db')) : await openPostgresState(url)
  const queue = openQueue(join(folder, 'queue.db'), { now, bytesMax: settings.BACKBEAT_QUEUE_MAX })
  const secrets = await openSecrets(state, loadKey(settings.BACKBEAT_KEY, join(folder, 'key')))
  return {
    state,
    queue,
    journal: openJournal(state),
    deliveries: openDeliveries(state),
    resources: openResources(state, secrets),
    secrets,
    pauses: openPauses(state),
    audit: openAudit(state),
    runs: openRuns(state),
    schemaChanges: openSchemaChanges(state),
    restatements: openRestatements(state),
    async close() {
      await queue.close()
      await state.close()
    },
  }
}
