import { suggestion } from '../core/nearest.ts'
import { parseTime } from '../event_sources/clock_skew.ts'
import type { Choice } from '../store/deliveries.ts'
import type { Store } from '../store/store.ts'
import { counted } from './config_files.ts'
import { demandYes } from './confirm.ts'
import { CommandError, EXIT } from './outlet.ts'
import { printJson } from './print_json.ts'
import type { Shell } from './shell.ts'
import { withExistingStore } from './with_store.ts'

/** Which events, and how. */
export interface ReplayFlags {
  /** ISO 8601, or how long ago such as `6h`. */
  readonly from: string
  readonly to: string
  readonly sync: string | null
  readonly preview: boolean
  readonly yes: boolean
  readonly json: boolean
}

/** What a replay would repeat. */
export interface ReplayCounts {
  readonly events: number
  /** Delivered more than 48 hours ago: TikTok would count these again. */
  readonly duplicates: number
  /** Tried more than 48 hours ago, and TikTok may have taken them. */
  readonly unknown: number
}

/** Events whose deliveries are looked at in one step; each is a parameter of a query. */
const STEP = 5000

/** Puts the events of a span of time in line again. */
export async function replay(shell: Shell, flags: ReplayFlags): Promise<void> {
  const [from, to] = [timeOf(flags.from, shell.now()), timeOf(flags.to, shell.now())]
  if (from >= to) throw new CommandError(EXIT.usage, 'Cannot replay: --from is not before --to')
  await withExistingStore(shell, async (store) => {
    await demandSync(store, flags.sync)
    const found = await count(store, from, to, flags.sync, shell.now())
    const doubles = found.duplicates + found.unknown
    if (!flags.preview && doubles > 0) {
      const twice = `${doubles} of what was sent more than 48 hours ago`
      await demandYes(shell, flags.yes, `repeat ${twice}`, `Repeat ${twice}, which TikTok would count twice?`)
    }
    const queued = flags.preview ? 0 : await putInLine(shell, store, from, to, flags.sync)
    if (flags.json) printJson(shell, { ...found, queued })
    else shell.outlet.talk(summary(found, queued, flags.preview))
  })
}

const AGO = /^(\d+)(s|m|h|d)$/
const UNIT_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

function timeOf(text: string, now: number): number {
  const [, amount, unit] = AGO.exec(text) ?? []
  const time = unit === undefined ? parseTime(text) : now - Number(amount) * UNIT_MS[unit]!
  if (time !== null) return time
  throw new CommandError(
    EXIT.usage,
    `Cannot read the time "${text}": write 2026-11-20T08:00Z, or how long ago, such as 6h`,
  )
}

async function demandSync({ resources }: Store, name: string | null): Promise<void> {
  if (name === null) return
  const names = (await resources.list('sync')).map((sync) => sync.name)
  if (names.includes(name)) return
  throw new CommandError(EXIT.usage, `Cannot replay: there is no sync "${name}"${suggestion(name, names)}`)
}

/** The places of a span of time, a step at a time. */
async function* steps({ queue }: Store, from: number, to: number): AsyncGenerator<readonly number[]> {
  for (let after = 0; ; ) {
    const places = await queue.places({ after, from, to, limit: STEP })
    if (places.length === 0) return
    yield places
    after = places.at(-1)!
  }
}

const chosen = (seqs: readonly number[], sync: string | null, states: Choice['states']): Choice => ({
  seqs,
  states,
  ...(sync !== null && { sync }),
})

const REPLAYED: Choice['states'] = ['delivered', 'dead', 'filtered']

async function count(store: Store, from: number, to: number, sync: string | null, now: number): Promise<ReplayCounts> {
  let total: ReplayCounts = { events: 0, duplicates: 0, unknown: 0 }
  for await (const seqs of steps(store, from, to)) {
    const all = await store.deliveries.countReplay(chosen(seqs, sync, REPLAYED), now)
    const delivered = await store.deliveries.countReplay(chosen(seqs, sync, ['delivered']), now)
    total = {
      events: total.events + all.events,
      duplicates: total.duplicates + delivered.outsideWindow,
      unknown: total.unknown + all.unknown,
    }
  }
  return total
}

async function putInLine(shell: Shell, store: Store, from: number, to: number, sync: string | null): Promise<number> {
  const now = shell.now()
  let queued = 0
  for await (const seqs of steps(store, from, to)) {
    queued += await store.deliveries.replay(chosen(seqs, sync, REPLAYED), now)
  }
  const span = `${new Date(from).toISOString()} to ${new Date(to).toISOString()}`
  const subject = sync === null ? 'events' : `sync/${sync}`
  await store.audit.write({ at: now, who: 'cli', what: 'events.replay', subject, detail: `${queued} events, ${span}` })
  return queued
}

function summary({ events, duplicates, unknown }: ReplayCounts, queued: number, preview: boolean): string {
  if (events === 0) return 'No event of that time has been decided'
  if (!preview) return `${counted(queued, 'event')} in line again`
  const twice = duplicates + unknown > 0 ? `; TikTok would count ${duplicates} twice, and perhaps ${unknown} more` : ''
  return `${counted(events, 'event')} would be sent again${twice}`
}
