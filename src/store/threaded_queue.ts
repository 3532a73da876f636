import { Worker } from 'node:worker_threads'
import { type Added, type Queue, QueueUnavailableError } from './queue.ts'
import type { Answered, HandedIn } from './queue_thread.ts'
import { openSqliteQueue, type SqliteQueueOptions } from './sqlite_queue.ts'

// It holds little but what crosses over; the ids of the last hour or so are the most of it.
const WRITER_MEMORY = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 16 }

interface Waiting {
  readonly handedIn: HandedIn[number]
  readonly resolve: (added: readonly Added[]) => void
  readonly reject: (error: Error) => void
}

/**
 * The same queue with its writing in another thread, for a server that takes in more than one core can. Everything handed
 * in during one turn of the event loop crosses over together; reading stays here.
 */
export function openThreadedQueue(path: string, options: SqliteQueueOptions): Queue {
  const reader = openSqliteQueue(path, options)
  const thread = new Worker(new URL('./queue_thread.ts', import.meta.url), {
    workerData: { path, bytesMax: options.bytesMax ?? Number.POSITIVE_INFINITY },
    resourceLimits: WRITER_MEMORY,
  })
  let waiting: Waiting[] = []
  // Answers come in the order of the questions.
  let asked: (readonly Waiting[])[] = []

  function ask(): void {
    if (waiting.length === 0) return
    asked.push(waiting)
    thread.postMessage(waiting.map(({ handedIn }) => handedIn))
    waiting = []
  }

  thread.on('message', (answers: Answered) => {
    const batch = asked.shift()!
    for (const [i, { resolve, reject }] of batch.entries()) {
      const answer = answers[i]!
      if ('added' in answer) resolve(answer.added)
      else reject(new QueueUnavailableError(answer.refused))
    }
  })
  let hasEnded = false
  const refusal = () => new QueueUnavailableError('Cannot store events: the thread that writes them has ended')
  const ended = new Promise<void>((resolve) => thread.once('exit', () => resolve()))
  void ended.then(() => {
    hasEnded = true
    for (const { reject } of [...asked.flat(), ...waiting]) reject(refusal())
    asked = []
    waiting = []
  })

  return {
    ...reader,
    add: (events, rejects = []) =>
      new Promise((resolve, reject) => {
        if (hasEnded) return reject(refusal())
        if (waiting.length === 0) setImmediate(ask)
        waiting.push({ handedIn: { events, rejects }, resolve, reject })
      }),
    async close() {
      ask()
      thread.postMessage('close')
      await ended
      await reader.close()
    },
  }
}
