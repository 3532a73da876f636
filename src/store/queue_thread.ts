import { parentPort, workerData } from 'node:worker_threads'
import type { Added, NewEvent, NewReject, Queue } from './queue.ts'
import { openSqliteQueue } from './sqlite_queue.ts'

/** What the server hands in during one turn of its event loop: one entry for each sender that waits. */
export type HandedIn = readonly { readonly events: readonly NewEvent[]; readonly rejects: readonly NewReject[] }[]

/** For each of them what became of its events, or why nothing was kept. */
export type Answered = readonly ({ readonly added: readonly Added[] } | { readonly refused: string })[]

// Writing to the disk has a thread of its own: while it waits for a sync, the server reads the next requests.
const { path, bytesMax } = workerData as { readonly path: string; readonly bytesMax: number }
let opened: Queue | undefined
const queue = (): Queue => {
  opened ??= openSqliteQueue(path, { now: Date.now, bytesMax })
  return opened
}

parentPort!.on('message', async (message: HandedIn | 'close') => {
  if (message === 'close') {
    await opened?.close()
    parentPort!.close()
    return
  }
  const answers = message.map(({ events, rejects }) =>
    queue()
      .add(events, rejects)
      .then(
        (added) => ({ added }),
        (error: Error) => ({ refused: error.message }),
      ),
  )
  parentPort!.postMessage((await Promise.all(answers)) satisfies Answered)
})
