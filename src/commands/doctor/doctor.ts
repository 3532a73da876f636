import type { Config } from '../../config.ts'
import { openStore, type Store } from '../../store/store.ts'
import { counted } from '../config_files.ts'
import { CommandError, EXIT } from '../outlet.ts'
import { printJson } from '../print_json.ts'
import type { Shell } from '../shell.ts'
import { table } from '../table.ts'
import { VERSION } from '../version.ts'
import { configOf, hasData } from '../with_store.ts'
import { checkAccounts } from './accounts.ts'
import { checkBooks } from './books_identity.ts'
import { type Check, failed, ok, skipped } from './check.ts'
import { checkClock } from './clock.ts'
import { checkNode, checkSettings, shownSettings } from './settings.ts'
import { checkStorage } from './storage.ts'
import { checkWarehouses } from './warehouses.ts'

/** How far to look, and how to tell it. */
export interface DoctorFlags {
  readonly offline: boolean
  readonly json: boolean
}

/** Checks that everything is in order. */
export async function doctor(shell: Shell, { offline, json }: DoctorFlags): Promise<void> {
  const settings = checkSettings(shell)
  const further = settings.verdict === 'ok' ? await checkData(shell, configOf(shell), offline) : []
  const checks = [settings, checkNode(process.version), ...further]
  const bad = checks.filter(({ verdict }) => verdict === 'failed').length
  if (json) {
    const shown = shownSettings(shell)
    printJson(shell, { ok: bad === 0, version: VERSION, node: process.version, settings: shown, checks })
  } else shell.outlet.data(show(shell, checks))
  if (bad > 0) throw new CommandError(EXIT.unclean, `${counted(bad, 'check')} failed`)
}

async function checkData(shell: Shell, config: Config, offline: boolean): Promise<readonly Check[]> {
  if (!hasData(config)) return [skipped('Data directory', `${config.BACKBEAT_DATA} is made at the first start`)]
  const storage = checkStorage(config)
  let store: Store
  try {
    store = await openStore(config, shell.now)
  } catch (error) {
    return [...storage, failed('Database', (error as Error).message, remedyFor(config))]
  }
  try {
    return [...storage, ...(await checkStore(shell, store, config, offline))]
  } finally {
    await store.close()
  }
}

function remedyFor({ BACKBEAT_DATABASE_URL }: Config): string {
  return BACKBEAT_DATABASE_URL === null
    ? 'Start with the key and the version that wrote the data, or restore a backup'
    : 'See that PostgreSQL runs, and that BACKBEAT_DATABASE_URL names a database this user may write'
}

async function checkStore(shell: Shell, store: Store, config: Config, offline: boolean): Promise<readonly Check[]> {
  const outside = { fetch: shell.fetch, now: shell.now, timeoutMs: config.BACKBEAT_TIMEOUT }
  const database = config.BACKBEAT_DATABASE_URL === null ? 'SQLite, opened' : 'PostgreSQL, reached'
  return [
    ok('Database', database),
    ...(await attempt('Clock', async () => [await checkClock(store, shell.now())])),
    ...(await attempt('Books', () => checkBooks(store))),
    ...(await attempt('Audit log', async () => [await checkAudit(store)])),
    ...(await attempt('Pauses', () => checkPauses(store))),
    ...(await attempt('Accounts', () => checkAccounts(store, offline ? null : outside, config))),
    ...(await attempt('Warehouses', () => checkWarehouses(store, config, offline))),
  ]
}

/** What cannot even be looked at is not in order; the other checks go on. */
async function attempt(name: string, look: () => Promise<readonly Check[]>): Promise<readonly Check[]> {
  try {
    return await look()
  } catch (error) {
    return [
      failed(name, `Cannot be checked: ${(error as Error).message}`, 'See that the database is whole and answers'),
    ]
  }
}

async function checkAudit({ audit }: Store): Promise<Check> {
  const broken = await audit.firstBroken()
  if (broken === null) return ok('Audit log', 'whole: every line follows from the one before')
  const remedy = 'Compare with a backup: somebody changed or removed a line in the database'
  return failed('Audit log', `line ${broken} does not follow from the one before`, remedy)
}

async function checkPauses({ pauses }: Store): Promise<readonly Check[]> {
  const paused = await pauses.list()
  if (paused.length === 0) return [ok('Pauses', 'nothing waits for a person')]
  return paused.map(({ subject, message }) =>
    failed(subject, `paused: ${message}`, 'Correct it by "backbeat apply" or in the console, which also resumes it'),
  )
}

const MARKS = { ok: ['✓', 'good'], failed: ['✗', 'bad'], skipped: ['–', 'quiet'] } as const

function show(shell: Shell, checks: readonly Check[]): string {
  const settings = shownSettings(shell).map(({ name, value, from }) => [
    `  ${name}`,
    value ?? '',
    shell.tone('quiet', from),
  ])
  const results = checks.flatMap(({ name, verdict, detail, remedy }) => {
    const [mark, mood] = MARKS[verdict]
    const line = [shell.tone(mood, mark), name, detail]
    return remedy === undefined ? [line] : [line, ['', '', `→ ${remedy}`]]
  })
  return `Settings\n${table(settings)}\n\n${table(results)}`
}
