import { suggestion } from '../core/nearest.ts'
import type { Choice, DeadGroup } from '../store/deliveries.ts'
import type { Store } from '../store/store.ts'
import { counted } from './config_files.ts'
import { demandYes } from './confirm.ts'
import { CommandError, EXIT } from './outlet.ts'
import { printJson } from './print_json.ts'
import type { Shell } from './shell.ts'
import { table } from './table.ts'
import { withExistingStore } from './with_store.ts'

/** Which dead letters, and how. */
export interface RetryFlags {
  readonly sync: string | null
  readonly code: string | null
  readonly preview: boolean
  readonly yes: boolean
  readonly json: boolean
}

/** Puts dead letters in line again. */
export async function retry(shell: Shell, flags: RetryFlags): Promise<void> {
  await withExistingStore(shell, async (store) => {
    const groups = await chosenGroups(store, flags)
    if (!flags.json && groups.length > 0) shell.outlet.data(showGroups(groups))
    const { sync, code } = flags
    const choice: Choice = { states: ['dead'], ...(sync !== null && { sync }), ...(code !== null && { code }) }
    const found = await store.deliveries.countReplay(choice, shell.now())
    if (!flags.preview && found.unknown > 0) {
      const twice = `${counted(found.unknown, 'event')} that TikTok may have taken more than 48 hours ago`
      await demandYes(shell, flags.yes, `send ${twice}`, `Send ${twice}, and would count twice?`)
    }
    const queued = flags.preview ? 0 : await putInLine(shell, store, choice)
    if (flags.json) printJson(shell, { ...found, queued, groups: groups.map(groupToJson) })
    else shell.outlet.talk(summary(found.events, queued, flags))
  })
}

async function chosenGroups({ deliveries }: Store, { sync, code }: RetryFlags): Promise<readonly DeadGroup[]> {
  const all = await deliveries.deadGroups()
  demandKnown('sync', sync, [...new Set(all.map((group) => group.sync))])
  demandKnown('code', code, [...new Set(all.map(({ reason }) => reason.code))])
  return all.filter((group) => (sync ?? group.sync) === group.sync && (code ?? group.reason.code) === group.reason.code)
}

// A mistyped name would otherwise look like a job well done.
function demandKnown(what: string, given: string | null, known: readonly string[]): void {
  if (given === null || known.includes(given)) return
  const hint = known.length === 0 ? '; there are none at all' : suggestion(given, known)
  throw new CommandError(EXIT.usage, `Cannot retry: no dead letter has the ${what} "${given}"${hint}`)
}

async function putInLine({ now }: Shell, { deliveries, audit }: Store, choice: Choice): Promise<number> {
  const queued = await deliveries.replay(choice, now())
  const subject = choice.sync === undefined ? 'dead letters' : `sync/${choice.sync}`
  await audit.write({ at: now(), who: 'cli', what: 'dead_letters.replay', subject, detail: `${queued} events` })
  return queued
}

const showGroups = (groups: readonly DeadGroup[]): string =>
  table(
    groups.map(({ sync, reason, count }) => [String(count), sync, reason.code, reason.message]),
    new Set([0]),
  )

function summary(events: number, queued: number, { preview }: RetryFlags): string {
  if (events === 0) return 'There is no such dead letter'
  return preview ? `${counted(events, 'event')} would be sent again` : `${counted(queued, 'event')} in line again`
}

function groupToJson({ sync, reason, count, firstAt, lastAt, samples }: DeadGroup): object {
  const { code, message, field = null, remedy = null } = reason
  return { sync, code, field, message, remedy, count, firstAt, lastAt, samples }
}
