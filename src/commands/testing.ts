import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { TestContext } from 'node:test'
import { tempFolder } from '../../test/temp_folder.ts'
import type { DeliveryState } from '../core/books.ts'
import type { Reason } from '../core/outcome.ts'
import { openStore, type Store } from '../store/store.ts'
import { runCommandLine } from './program.ts'
import type { Shell } from './shell.ts'
import { configOf } from './with_store.ts'

/** A moment that tests start at; any would do. */
export const NOW = Date.UTC(2026, 10, 21, 12)

/** What stands in the shop's files in place of the token. */
export const REFERENCE = `\${env:TIKTOK_ACCESS_TOKEN}`

/** What a command left behind. */
export interface Ran {
  readonly code: number
  /** Standard output. */
  readonly out: string
  /** Standard error. */
  readonly err: string
}

/** A shell in a folder that goes with the test. */
export interface TestShell {
  readonly folder: string
  /** Runs a command line, such as `plan --json`; a word cannot hold a blank. */
  run(line: string, changes?: Partial<ShellChanges>): Promise<Ran>
  /** Writes a file of the folder. */
  write(path: string, text: string): void
  read(path: string): string
  /** Opens the data directory until the test ends. */
  store(): Promise<Store>
}

/** What a test may set about a shell. */
export interface ShellChanges {
  readonly environment: Readonly<Record<string, string>>
  readonly input: string
  readonly now: number
  /** A clock that goes, for what waits. */
  readonly clock: () => number
  readonly confirm: Shell['confirm']
  readonly fetch: typeof fetch
  /** Called with every line of data; true stops the command. */
  readonly stopAt: (line: string) => boolean
  /** Called with every line for people. */
  readonly onTalk: (line: string) => void
  /** Stops the command when it fires. */
  readonly stopped: AbortSignal
}

/** A shell in a folder of its own, with a token in the environment and nobody there to answer. */
export function aShell(test: Pick<TestContext, 'after'>, files: Readonly<Record<string, string>> = {}): TestShell {
  const folder = tempFolder(test)
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  for (const [path, text] of Object.entries(files)) write(path, text)
  return {
    folder,
    write,
    read: (path) => readFileSync(join(folder, path), 'utf8'),
    run: (line, changes = {}) => run(folder, line, changes),
    async store() {
      const store = await openStore(configOf(shellIn(folder, {}, [], [])), () => NOW)
      test.after(() => store.close())
      return store
    },
  }
}

async function run(folder: string, line: string, changes: Partial<ShellChanges>): Promise<Ran> {
  const out: string[] = []
  const err: string[] = []
  const words = line.split(' ').filter((word) => word !== '')
  const code = await runCommandLine(words, shellIn(folder, changes, out, err))
  return { code, out: out.join('\n'), err: err.join('\n') }
}

function shellIn(folder: string, changes: Partial<ShellChanges>, out: string[], err: string[]): Shell {
  const stopped = new AbortController()
  const { environment, input = '', now = NOW, confirm = null, stopAt = () => false, onTalk } = changes
  return {
    outlet: {
      data(text) {
        out.push(text)
        if (stopAt(text)) stopped.abort()
      },
      talk(text) {
        err.push(text)
        onTalk?.(text)
      },
    },
    environment: environment ?? { TIKTOK_ACCESS_TOKEN: 'simulator-token' },
    folder,
    now: changes.clock ?? (() => now),
    fetch: changes.fetch ?? fetch,
    readInput: async () => input,
    confirm,
    stopSignal: () => changes.stopped ?? stopped.signal,
    tone: (_tone, words) => words,
  }
}

/** A shop's configuration, one YAML document a resource; `changes` replaces whole documents. */
export function shopFiles(changes: Partial<typeof SHOP> = {}): string {
  return Object.values({ ...SHOP, ...changes }).join('---\n')
}

const SHOP = {
  account: `kind: account
name: main
spec:
  access_token: \${env:TIKTOK_ACCESS_TOKEN}
  api_url: http://127.0.0.1:1/open_api/v1.3
`,
  eventSource: `kind: event_source
name: shop
spec: { type: segment, write_key: shop-write-key }
`,
  destination: `kind: destination
name: shop-pixel
spec: { type: web_events, account: main, pixel_code: CSIMULATOR0000000001, default_country: US }
`,
  sync: `kind: sync
name: shop-to-pixel
spec:
  from: { event_source: shop }
  to: { destination: shop-pixel }
  mappings:
    - name: Purchase
      preset: order_completed
      event: Purchase
    # Only what a visitor asked for.
    - name: Sign up
      when: event = "Signed Up" and !(properties.internal = true)
      event: CompleteRegistration
`,
}

/** The account's document with the address of a local TikTok. */
export const accountAt = (url: string): string =>
  SHOP.account.replace('http://127.0.0.1:1', url).concat('  advertiser_id: "7000000000000000001"\n')

/** An order as a shop's server sends it. */
export function anOrder(changes: object = {}): object {
  return {
    type: 'track',
    event: 'Order Completed',
    messageId: 'm1',
    userId: 'u1',
    timestamp: '2026-11-21T11:59:00.000Z',
    properties: {
      order_id: '1001',
      total: 39,
      currency: 'usd',
      email: ' Ann@Example.com ',
      products: [{ product_id: 'sku-1', price: 19.5, quantity: 2 }],
    },
    context: { page: { url: 'https://shop.example/thanks' }, ip: '8.8.8.8', userAgent: 'Test' },
    ...changes,
  }
}

/** One event of the shop, and what became of it in the sync; `state` null when nothing has yet. */
export interface Decided {
  readonly messageId: string
  readonly receivedAt?: number
  readonly state: DeliveryState | null
  readonly reason?: Reason
  readonly firstAttemptAt?: number
  readonly unknown?: boolean
}

/** Puts events into the queue of the applied shop and records what became of each, as the worker would. */
export async function decide({ queue, journal }: Store, events: readonly Decided[]): Promise<void> {
  await queue.add(
    events.map(({ messageId, receivedAt = NOW }) => ({
      source: 'shop',
      messageId,
      name: 'Order Completed',
      receivedAt,
      payload: JSON.stringify(anOrder({ messageId })),
    })),
  )
  const head = await queue.head()
  const seqs = events.map((_, i) => head - events.length + 1 + i)
  const undecided = events.findIndex(({ state }) => state === null)
  await journal.record({
    sync: 'shop-to-pixel',
    source: 'shop',
    revision: 1,
    fresh: true,
    position: undecided < 0 ? head : seqs[undecided]! - 1,
    rematched: [],
    calls: [],
    now: NOW,
    deliveries: events.flatMap(({ state, reason = null, firstAttemptAt = NOW, unknown = false }, i) =>
      state === null
        ? []
        : {
            seq: seqs[i]!,
            mapping: state === 'filtered' ? '' : 'Purchase',
            state,
            reason,
            attempts: 1,
            firstAttemptAt: state === 'filtered' ? null : firstAttemptAt,
            dueAt: state === 'retry' ? NOW : null,
            unknown,
            earlierCalls: [],
            call: null,
          },
    ),
  })
}

/** A reason to be dead. */
export const aReason = (code = 'tiktok.refused', message = 'TikTok refused it'): Reason => ({ code, message })
