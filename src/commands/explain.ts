import { randomUUID } from 'node:crypto'
import { openOffline, openSync, type SyncParts } from '../connect.ts'
import type { JsonObject } from '../core/json.ts'
import type { Sync } from '../core/sync.ts'
import { explainEvent } from '../explain.ts'
import type { DesiredResource } from '../files/check_files.ts'
import type { StoredResource } from '../store/resources.ts'
import { type Chosen, specOf, syncChooser } from './choose_syncs.ts'
import { checkAll, counted, demandValid, readFiles } from './config_files.ts'
import type { EventExplanation, ExplainedSync } from './explanation.ts'
import { explanationToJson, isInvalid } from './explanation_json.ts'
import { showExplanation } from './explanation_text.ts'
import { CommandError, EXIT } from './outlet.ts'
import { printJson, printJsonLine } from './print_json.ts'
import { type GivenEvent, readEvents, takeAtDoor, writeKeyOf } from './read_events.ts'
import type { Shell } from './shell.ts'
import { withExistingStore } from './with_store.ts'

/** Through what an event is explained, and for whom. */
export interface ExplainFlags {
  readonly sync: string | null
  /** Configuration files; none for what is stored. */
  readonly files: readonly string[]
  readonly form: 'people' | 'object' | 'lines'
}

/** Says what would be sent for events, and why. */
export async function explain(shell: Shell, path: string, { sync, files, form }: ExplainFlags): Promise<void> {
  const resources = files.length > 0 ? fromFiles(shell, files, form !== 'people') : await fromStore(shell)
  const choose = syncChooser(resources, sync)
  const given = await readEvents(shell, path)
  const open = onceEach((parts: SyncParts) => openSync(parts, openOffline(parts.account)))
  const explained = given.map((event) => explainOne(event, choose(writeKeyOf(event)), open, shell.now()))
  print(shell, explained, form)
  const invalid = explained.filter(isInvalid).length
  if (invalid > 0) {
    throw new CommandError(EXIT.unclean, `${invalid} of ${counted(explained.length, 'event')} cannot be sent as it is`)
  }
}

const fromStore = (shell: Shell): Promise<readonly StoredResource[]> =>
  withExistingStore(shell, ({ resources }) => resources.list())

function fromFiles(shell: Shell, paths: readonly string[], json: boolean): readonly StoredResource[] {
  return demandValid(shell, checkAll(readFiles(shell, paths), []), json).map(toUnstored)
}

const toUnstored = ({ kind, name, spec }: DesiredResource): StoredResource => ({
  kind,
  name,
  spec,
  revision: 0,
  updatedAt: 0,
  managedBy: 'files',
})

/** The same function, asked once for each argument: opening a sync compiles all of its mappings. */
function onceEach<Given extends object, Made>(make: (given: Given) => Made): (given: Given) => Made {
  const made = new Map<Given, Made>()
  return (given) => {
    const known = made.get(given) ?? make(given)
    made.set(given, known)
    return known
  }
}

type Open = (parts: SyncParts) => Sync

/** One event's way from the door through the chosen syncs. */
function explainOne(given: GivenEvent, { source, syncs }: Chosen, open: Open, now: number): EventExplanation {
  const taken = takeAtDoor(given, now, randomUUID)
  if (taken.kind === 'refused') {
    const untouched = syncs.map((parts) => ({ ...nameOf(parts), rules: [], deliveries: [] }))
    return { source, event: taken.event, refused: taken.reason, syncs: untouched }
  }
  return {
    source,
    event: taken.event,
    refused: null,
    syncs: syncs.map((parts) => explainSync(parts, open(parts), taken.event, now)),
  }
}

function explainSync(parts: SyncParts, sync: Sync, event: JsonObject, now: number): ExplainedSync {
  const { rules, deliveries } = explainEvent(sync, specOf(parts).mappings, event, now)
  return { ...nameOf(parts), rules, deliveries }
}

const nameOf = (parts: SyncParts) => ({
  sync: parts.sync.name,
  destination: parts.destination.name,
  enabled: specOf(parts).enabled,
})

function print(shell: Shell, explained: readonly EventExplanation[], form: ExplainFlags['form']): void {
  if (form === 'people') {
    shell.outlet.data(explained.map((one) => showExplanation(one, shell)).join('\n\n'))
    return
  }
  const all = explained.map(explanationToJson)
  if (form === 'object') printJson(shell, all.length === 1 ? all[0] : { events: all })
  else for (const one of all) printJsonLine(shell, one)
}
