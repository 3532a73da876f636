import { z } from 'zod'
import type { DeliveryState, Standing } from '../../core/books.ts'
import { isObject, type JsonObject } from '../../core/json.ts'
import { maskBody } from '../../core/mask_event.ts'
import type { QueuedEvent } from '../../store/queue.ts'
import type { Store } from '../../store/store.ts'
import { ApiFailure, type ApiRoute, notFound, read, write } from '../api_route.ts'
import type { EventList, RejectList } from '../contract.ts'
import { parseEvent, toRows } from '../event_rows.ts'
import { traceEvent } from '../trace.ts'

const LIMIT_MAX = 200
// A search looks at so many of the newest events and then gives up, so that it always answers soon.
const SEARCH_EVENTS = 20_000
const SEARCH_PAGE = 500

const limit = z.coerce.number().int().min(1).max(LIMIT_MAX).default(50)
const before = z.coerce.number().int().optional()
const byId = z.object({ id: z.coerce.number().int().positive() })

const filter = z.object({
  source: z.string().optional(),
  sync: z.string().optional(),
  standing: z.enum(['pending', 'dead', 'delivered', 'suppressed', 'filtered']).optional(),
  name: z.string().optional(),
  code: z.string().optional(),
  field: z.string().optional(),
  q: z.string().max(200).optional(),
  before,
  limit,
})

type Filter = z.infer<typeof filter>

export const eventRoutes: readonly ApiRoute[] = [
  read({
    path: '/events',
    about: 'Events, newest first, with what became of each.',
    query: filter,
    answer: ({ store }, { query }) => listEvents(store, query),
  }),
  read({
    path: '/events/:id',
    about: 'The whole way of one event: received, rules, mapped, hashed, sent, answer.',
    params: byId,
    query: z.object({ reveal: z.string().optional() }),
    async answer({ store, outside }, { params, query, caller }) {
      const event = await oneEvent(store, params.id)
      const reveal = query.reveal === '1'
      if (reveal) {
        const entry = {
          at: outside.now(),
          who: caller.who,
          what: 'event.reveal',
          subject: `event/${params.id}`,
          detail: '',
        }
        await store.audit.write(entry)
      }
      return traceEvent(store, event, reveal)
    },
  }),
  write({
    method: 'PUT',
    path: '/events/:id',
    about: 'Edits a kept event before it is sent again; its messageId stays.',
    params: byId,
    body: z.object({ event: z.record(z.string(), z.json()) }),
    audit: 'event.edit',
    async answer({ store }, { params, body }) {
      const event = await oneEvent(store, params.id)
      await store.queue.edit(event.seq, JSON.stringify(keepIdentity(parseEvent(event), body.event as JsonObject)))
      return { answer: { edited: true }, subject: `event/${params.id}` }
    },
  }),
  write({
    method: 'POST',
    path: '/events/:id/resend',
    about: 'Sends an event again with the same event_id.',
    params: byId,
    audit: 'event.resend',
    async answer({ store, outside }, { params }) {
      await oneEvent(store, params.id)
      const states: DeliveryState[] = ['dead', 'delivered', 'filtered']
      const queued = await store.deliveries.replay({ seqs: [params.id], states }, outside.now())
      return { answer: { queued }, subject: `event/${params.id}` }
    },
  }),
  read({
    path: '/rejects',
    about: 'What was refused at the door, newest first, with the reason.',
    query: z.object({ source: z.string().optional(), before, limit }),
    answer: ({ store }, { query }) => listRejects(store, query),
  }),
]

async function listEvents(store: Store, query: Filter): Promise<EventList> {
  const { events, next } = await findEvents(store, query)
  return { events: await toRows(store, events), next }
}

interface Found {
  readonly events: readonly QueuedEvent[]
  readonly next: number | null
}

function findEvents(store: Store, query: Filter): Promise<Found> {
  const state = query.code !== undefined ? 'dead' : stateOf(query.standing)
  if (state !== null) return inState(store, state, query)
  return scan(store, query)
}

// States that few events are in have an index; for the others, the newest events are looked through.
function stateOf(standing: Standing | undefined): DeliveryState | null {
  return standing === 'dead' ? 'dead' : null
}

async function inState({ deliveries, queue }: Store, state: DeliveryState, query: Filter): Promise<Found> {
  const { sync, code, before: last, limit: most } = query
  const seqs = await deliveries.inState(state, {
    limit: most,
    ...(sync !== undefined && { sync }),
    ...(code !== undefined && { code }),
    ...(last !== undefined && { before: last }),
  })
  const kept = await queue.get(seqs)
  const events = kept.filter((event) => matchesText(event, query)).sort((a, b) => b.seq - a.seq)
  return { events, next: seqs.length === most ? seqs.at(-1)! : null }
}

async function scan(store: Store, query: Filter): Promise<Found> {
  const exact = query.q === undefined ? [] : await store.queue.find(query.source ?? null, query.q)
  if (exact.length > 0) return { events: exact, next: null }
  const found: QueuedEvent[] = []
  let last = query.before
  for (let seen = 0; seen < SEARCH_EVENTS; seen += SEARCH_PAGE) {
    const page = await store.queue.list({
      limit: SEARCH_PAGE,
      ...(query.source !== undefined && { source: query.source }),
      ...(query.name !== undefined && { name: query.name }),
      ...(last !== undefined && { before: last }),
    })
    for (const event of await matching(store, page, query)) {
      found.push(event)
      if (found.length === query.limit) return { events: found, next: event.seq }
    }
    if (page.length < SEARCH_PAGE) return { events: found, next: null }
    last = page.at(-1)!.seq
  }
  return { events: found, next: last ?? null }
}

async function matching(store: Store, page: readonly QueuedEvent[], query: Filter): Promise<readonly QueuedEvent[]> {
  const byText = page.filter((event) => matchesText(event, query))
  if (query.standing === undefined && query.sync === undefined) return byText
  const rows = await toRows(store, byText)
  const wanted = new Set(
    rows
      .filter(({ standing }) => query.standing === undefined || standing === query.standing)
      .filter(({ deliveries }) => query.sync === undefined || deliveries.some(({ sync }) => sync === query.sync))
      .map(({ id }) => id),
  )
  return byText.filter(({ seq }) => wanted.has(seq))
}

function matchesText({ payload }: QueuedEvent, { q }: Filter): boolean {
  return q === undefined || q === '' || payload.includes(JSON.stringify(q).slice(1, -1))
}

async function oneEvent({ queue }: Store, id: number): Promise<QueuedEvent> {
  const [event] = await queue.get([id])
  if (!event) throw notFound(`event ${id}; events are kept for 7 days`)
  return event
}

// The place in the books and the event_id hang on these; everything else may be corrected.
function keepIdentity(before: JsonObject, after: JsonObject): JsonObject {
  if (!isObject(after)) throw new ApiFailure(422, 'api.invalid', 'Cannot edit the event: it must be an object')
  const { messageId, receivedAt } = before
  return { ...after, ...(messageId !== undefined && { messageId }), ...(receivedAt !== undefined && { receivedAt }) }
}

async function listRejects(
  { queue }: Store,
  query: { source?: string | undefined; before?: number | undefined; limit: number },
): Promise<RejectList> {
  const rejects = await queue.rejects({
    limit: query.limit,
    ...(query.source !== undefined && { source: query.source }),
    ...(query.before !== undefined && { before: query.before }),
  })
  const next = rejects.length === query.limit ? rejects.at(-1)!.id : null
  return { rejects: rejects.map((reject) => ({ ...reject, body: maskBody(reject.body) })), next }
}
