import { randomUUID } from 'node:crypto'
import type { Config } from '../config.ts'
import { type Outside, openAccount, openSync, type SyncParts } from '../connect.ts'
import { mapEvent, type Sync } from '../core/sync.ts'
import type { Store } from '../store/store.ts'
import { type Chosen, specOf, syncChooser } from './choose_syncs.ts'
import { CommandError, EXIT, type ExitCode } from './outlet.ts'
import { printJson } from './print_json.ts'
import { type GivenEvent, readEvents, takeAtDoor, writeKeyOf } from './read_events.ts'
import { type Load, type Sending, type Sent, sendAll, whatBecame } from './sending.ts'
import type { Shell } from './shell.ts'
import { table } from './table.ts'
import { withExistingStore } from './with_store.ts'

/** Through what to send, and how to tell it. */
export interface SendFlags {
  readonly sync: string | null
  readonly testCode: string | null
  readonly json: boolean
}

/** Sends events now and prints TikTok's verdict on each. */
export async function send(shell: Shell, path: string, flags: SendFlags): Promise<void> {
  if (flags.testCode !== null && !/^[A-Za-z0-9]{1,40}$/.test(flags.testCode)) {
    throw new CommandError(
      EXIT.usage,
      `Cannot send: "${flags.testCode}" is no test event code; it has letters and digits`,
    )
  }
  const given = await readEvents(shell, path)
  const sent = await withExistingStore(shell, async (store, config) => {
    const choose = syncChooser(await store.resources.list(), flags.sync)
    const chosen = given.map((event) => [event, demandSource(choose(writeKeyOf(event)))] as const)
    const routes = chosen.flatMap(([event, { syncs }]) => runnable(syncs, flags).map((parts) => ({ event, parts })))
    const bySync = Map.groupBy(routes, ({ parts }) => parts.sync.name)
    const results: Sending[] = []
    for (const own of bySync.values()) results.push(await sendThrough(shell, store, config, own, flags))
    return results
  })
  report(shell, sent, flags.json)
}

/** Sending through the syncs of another company's shop, because nothing says whose event it is, must not happen. */
function demandSource(chosen: Chosen): Chosen {
  if (chosen.source !== null) return chosen
  const names = chosen.syncs.map(({ sync }) => sync.name).join(', ')
  throw new CommandError(EXIT.usage, `Cannot tell which source the event comes from; add --sync with one of ${names}`)
}

function runnable(syncs: readonly SyncParts[], { sync }: SendFlags): readonly SyncParts[] {
  return sync === null ? syncs.filter((parts) => specOf(parts).enabled) : syncs
}

async function sendThrough(
  shell: Shell,
  store: Store,
  { BACKBEAT_TIMEOUT }: Config,
  routes: readonly { readonly event: GivenEvent; readonly parts: SyncParts }[],
  { testCode }: SendFlags,
): Promise<Sending> {
  const outside: Outside = { fetch: shell.fetch, now: shell.now, timeoutMs: BACKBEAT_TIMEOUT }
  const parts = testCode === null ? routes[0]!.parts : withTestCode(routes[0]!.parts, testCode)
  const sync = openSync(parts, await openAccount(store, parts.account, outside))
  const sending = await sendAll(
    sync,
    parts.destination.name,
    routes.flatMap(({ event }) => loadsOf(sync, event, shell.now())),
  )
  const detail = `${routes.length} events${testCode === null ? '' : `, test event code ${testCode}`}`
  await store.audit.write({ at: shell.now(), who: 'cli', what: 'event.send', subject: `sync/${sync.name}`, detail })
  return sending
}

/** What an event comes to in a sync: items to send, or the reason why there is none. */
function loadsOf(sync: Sync, given: GivenEvent, now: number): readonly Load[] {
  const taken = takeAtDoor(given, now, randomUUID)
  if (taken.kind === 'refused') return [{ messageId: null, mapping: null, item: null, reason: taken.reason }]
  const messageId = String(taken.event['messageId'])
  const mapped = mapEvent(sync, taken.event, now)
  if (mapped.length === 0) return [{ messageId, mapping: null, item: null, reason: null }]
  return mapped.map((one) =>
    one.kind === 'item'
      ? { messageId, mapping: one.mapping, item: one.item, reason: null }
      : { messageId, mapping: one.mapping, item: null, reason: one.reason },
  )
}

function withTestCode(parts: SyncParts, code: string): SyncParts {
  const spec = { ...parts.destination.spec, test_event_code: code }
  return { ...parts, destination: { ...parts.destination, spec } }
}

function report(shell: Shell, sendings: readonly Sending[], json: boolean): void {
  const sent = sendings.flatMap((one) => one.sent)
  if (json) printJson(shell, { sent })
  else if (sent.length > 0) shell.outlet.data(table(sent.map((one) => showSent(one, shell))))
  const code = whatBecame(sendings)
  if (code !== EXIT.ok) throw new CommandError(code, WORDS[code])
}

const WORDS: Record<Exclude<ExitCode, 0 | 130>, string> = {
  [EXIT.unclean]: 'Not every event was taken; "backbeat explain" shows the whole way of one',
  [EXIT.usage]: 'Nothing was sent',
  [EXIT.auth]: 'TikTok refuses the account: give it a good token, or access to the pixel',
  [EXIT.remote]: 'TikTok could not be reached, or is in trouble; try again later',
}

function showSent({ verdict, sync, mapping, reason, receipt }: Sent, { tone }: Shell): readonly string[] {
  const word = verdict === 'delivered' ? tone('good', '✓ delivered') : tone('bad', `✗ ${verdict}`)
  const answer = receipt
    ? `TikTok answered ${receipt.code ?? `HTTP ${receipt.status}`} "${receipt.message}"${receipt.requestId ? `, request_id ${receipt.requestId}` : ''}`
    : ''
  return [word, sync, mapping ?? 'no mapping', reason && verdict !== 'delivered' ? reason.message : answer]
}
