import type { EventRow } from '../server/contract.ts'
import type { StoredReject } from '../store/queue.ts'
import { wait } from '../worker/wait.ts'
import { follow } from './follow.ts'
import { CommandError, EXIT } from './outlet.ts'
import { printJsonLine } from './print_json.ts'
import type { Shell, Tone } from './shell.ts'
import { withExistingStore } from './with_store.ts'

/** What to follow, and how to print it. */
export interface TailFlags {
  readonly failed: boolean
  readonly lines: number
  readonly json: boolean
}

const LOOK_EVERY_MS = 500

/** Prints events as they come in and as they are decided, until it is stopped. */
export async function tail(shell: Shell, flags: TailFlags): Promise<never> {
  const stopped = shell.stopSignal()
  await withExistingStore(shell, async (store) => {
    const look = await follow(store, flags.lines)
    while (!stopped.aborted) {
      const { rows, rejects } = await look()
      for (const row of rows) if (!flags.failed || hasFailed(row)) printRow(shell, row, flags.json)
      for (const reject of rejects) printReject(shell, reject, flags.json)
      await wait(LOOK_EVERY_MS, stopped)
    }
  })
  throw new CommandError(EXIT.interrupted, 'Stopped')
}

const hasFailed = ({ deliveries }: EventRow): boolean =>
  deliveries.some(({ state }) => state === 'dead' || state === 'retry')

function printRow(shell: Shell, row: EventRow, json: boolean): void {
  if (json) printJsonLine(shell, { kind: 'event', ...row })
  else shell.outlet.data(showRow(row, shell))
}

function showRow({ receivedAt, standing, name, source, messageId, deliveries }: EventRow, { tone }: Shell): string {
  const because = deliveries.flatMap(({ sync, reason }) => (reason ? [`${sync}: ${reason.message}`] : []))
  const words = [time(receivedAt), tone(TONES[standing], standing.padEnd(10)), name, `(${source}, ${messageId})`]
  return [...words, ...because].join('  ')
}

const TONES: Record<EventRow['standing'], Tone> = {
  pending: 'quiet',
  delivered: 'good',
  filtered: 'quiet',
  suppressed: 'quiet',
  dead: 'bad',
}

/** Without the body of what was refused: it may be personal. */
function printReject(shell: Shell, { id, at, source, reason }: StoredReject, json: boolean): void {
  const words = [time(at), shell.tone('bad', 'refused   '), reason.message, `(${source ?? 'unknown source'})`]
  if (json) printJsonLine(shell, { kind: 'reject', id, at, source, reason })
  else shell.outlet.data(words.join('  '))
}

const time = (at: number): string => new Date(at).toISOString().slice(11, 19)
