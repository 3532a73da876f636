import { Worker } from 'node:worker_threads'
import { type Added, type Queue, QueueUnavailableError } from './queue.ts'
import type { Answered, HandedIn } from './queue_thread.ts'
import { openSqliteQueue, type SqliteQueueOptions } from './sqlite_queue.ts'

// It holds little but what crosses over; the ids of the last hour or so are the most of it.
const WRITER_MEMORY = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 16 }

// The less of a turn's events is held at once, the less the garbage collector has to carry.
const CROSSING_EVENTS = 100

interface Asker {
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
  let handedIn: HandedIn[number][] = []
  let waiting: Asker[] = []
  let held = 0
  // Answers come in the order of the questions. What was handed in is let go of once it has crossed over, or the garbage
  // collector would carry every event along until its answer comes.
  let asked: (readonly Asker[])[] = []

  function ask(): void {
    if (waiting.length === 0) return
    asked.push(waiting)
    thread.postMessage(handedIn)
    handedIn = []
    waiting = []
    held = 0
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
    handedIn = []
  })

  return {
    ...reader,
    add: (events, rejects = []) =>
      new Promise((resolve, reject) => {
        if (hasEnded) return reject(refusal())
        if (waiting.length === 0) setImmediate(ask)
        handedIn.push({ events, rejects })
        waiting.push({ resolve, reject })
        held += events.length
        if (held >= CROSSING_EVENTS) ask()
      }),
    async close() {
      ask()
      thread.postMessage('close')
      await ended
      await reader.close()
    },
  }
}
