import type { FastifyInstance } from 'fastify'
import type { Context } from './api_route.ts'
import type { Auth } from './auth.ts'
import type { EventRow } from './contract.ts'
import { toRows } from './event_rows.ts'

const LOOK_EVERY_MS = 500
const NEW_MAX = 100
// Rows that were sent while still pending, and are looked at again until they are not.
const WATCHED_MAX = 500
const STREAMS_MAX = 20

/** `GET /events/stream`: rows as they are received and as they change, as server-sent events. */
export function eventStream(server: FastifyInstance, { store }: Context, auth: Auth): void {
  let streams = 0

  server.get('/events/stream', async (request, reply) => {
    await auth.reader(request)
    if (streams >= STREAMS_MAX)
      return reply.code(503).send({ error: { code: 'api.busy', message: 'Too many live views are open' } })
    streams++
    reply.hijack()
    reply.raw.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    })
    reply.raw.write(': hello\n\n')

    // A page reads its list before it opens this. What came in between, and what was pending then, belongs to it too.
    const follow = follower(Math.max(0, (await store.queue.head()) - NEW_MAX))
    let busy = false
    const timer = setInterval(async () => {
      if (busy) return
      busy = true
      for (const row of await follow().catch(() => []))
        reply.raw.write(`event: event\ndata: ${JSON.stringify(row)}\n\n`)
      busy = false
    }, LOOK_EVERY_MS)
    request.raw.on('close', () => {
      clearInterval(timer)
      streams--
    })
  })

  /** Each call gives the rows that are new or have moved since the last one. */
  function follower(start: number): () => Promise<readonly EventRow[]> {
    let last = start
    let watched: readonly number[] = []
    return async () => {
      const head = await store.queue.head()
      const fresh = head > last ? await store.queue.list({ limit: Math.min(NEW_MAX, head - last) }) : []
      const old = await store.queue.get(watched)
      last = head
      const rows = await toRows(store, [...fresh.toReversed(), ...old])
      const isNew = new Set(fresh.map(({ seq }) => seq))
      const pending = rows.filter(({ standing }) => standing === 'pending')
      watched = pending.map(({ id }) => id).slice(-WATCHED_MAX)
      return rows.filter(({ id, standing }) => isNew.has(id) || standing !== 'pending')
    }
  }
}
