// Started by tests as a program of its own, to be killed: `node test/crash_sender.ts FILE PREFIX COUNT [ID,ID,…]`. It hands
// in COUNT events from several senders at once, before them those that are given by id, and prints what became of each.
import { writeSync } from 'node:fs'
import { QueueUnavailableError } from '../src/store/queue.ts'
import { openSqliteQueue } from '../src/store/sqlite_queue.ts'
import { senderEvent } from './crash_events.ts'

const SENDERS = 5
const [file, prefix, count, again = ''] = process.argv.slice(2)
// Tiny runs, so that sorting them is under way at some of the kills.
const queue = openSqliteQueue(file!, { now: Date.now, window: { runKeys: 64, filterKeys: 4096, chunkKeys: 16 } })
let next = 0

async function send(id: string): Promise<void> {
  try {
    const [added] = await queue.add([senderEvent(id)])
    writeSync(1, `${added} ${id}\n`)
  } catch (error) {
    if (!(error instanceof QueueUnavailableError)) throw error
    writeSync(1, `refused ${id}\n`)
  }
}

async function sendSome(): Promise<void> {
  while (next < Number(count)) await send(`${prefix}-${next++}`)
}

await Promise.all(again.split(',').filter(Boolean).map(send))
await Promise.all(Array.from({ length: SENDERS }, sendSome))
await queue.close()
