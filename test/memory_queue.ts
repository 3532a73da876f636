import type {
  Added,
  EventFilter,
  Intake,
  NewEvent,
  NewReject,
  Queue,
  QueuedEvent,
  StoredReject,
} from '../src/store/queue.ts'

const WINDOW_MS = 7 * 24 * 3_600_000
const MINUTE_MS = 60_000
const NO_INTAKE: Intake = { accepted: 0, duplicate: 0, rejected: 0, lastSeq: 0 }

/** A queue that forgets everything with the process. For tests of what stands before and behind a queue. */
export function memoryQueue(): Queue {
  const events: QueuedEvent[] = []
  const rejects: StoredReject[] = []
  const seen = new Map<string, number>()
  const intakes = new Map<string, Intake>()
  const accepted: { readonly source: string; readonly minute: number }[] = []
  let head = 0

  const intakeOf = (source: string): Intake => intakes.get(source) ?? NO_INTAKE

  const addEvent = (event: NewEvent): Added => {
    const key = JSON.stringify([event.source, event.messageId])
    const seenAt = seen.get(key)
    const isDuplicate = seenAt !== undefined && event.receivedAt - seenAt < WINDOW_MS
    const before = intakeOf(event.source)
    accepted.push({ source: event.source, minute: Math.floor(event.receivedAt / MINUTE_MS) })
    if (isDuplicate) {
      intakes.set(event.source, { ...before, accepted: before.accepted + 1, duplicate: before.duplicate + 1 })
      return 'duplicate'
    }
    seen.set(key, event.receivedAt)
    events.push({ ...event, seq: ++head })
    intakes.set(event.source, { ...before, accepted: before.accepted + 1, lastSeq: head })
    return 'added'
  }

  const addReject = (reject: NewReject) => {
    rejects.push({ ...reject, id: rejects.length + 1 })
    if (reject.source === null) return
    const before = intakeOf(reject.source)
    intakes.set(reject.source, { ...before, rejected: before.rejected + 1 })
  }

  return {
    async add(newEvents, newRejects = []) {
      newRejects.forEach(addReject)
      return newEvents.map(addEvent)
    },
    async read(source, after, limit) {
      return events.filter((event) => event.source === source && event.seq > after).slice(0, limit)
    },
    async get(seqs) {
      return events.filter(({ seq }) => seqs.includes(seq))
    },
    async find(source, messageId) {
      return events.filter((event) => event.messageId === messageId && (source === null || event.source === source))
    },
    async list(filter) {
      return events
        .filter((event) => matches(event, filter))
        .reverse()
        .slice(0, filter.limit)
    },
    async places({ source, after, from = 0, to = Number.POSITIVE_INFINITY, limit }) {
      return events
        .filter((event) => event.seq > after && (source === undefined || event.source === source))
        .filter(({ receivedAt }) => receivedAt >= from && receivedAt < to)
        .slice(0, limit)
        .map(({ seq }) => seq)
    },
    async rejects({ source, before = Number.POSITIVE_INFINITY, limit }) {
      const wanted = rejects.filter((it) => it.id < before && (source === undefined || it.source === source))
      return wanted.reverse().slice(0, limit)
    },
    async edit(seq, payload) {
      const at = events.findIndex((event) => event.seq === seq)
      if (at >= 0) events[at] = { ...events[at]!, payload }
    },
    async head() {
      return head
    },
    async intake(source) {
      return intakeOf(source)
    },
    async volume(source, first) {
      const minutes = accepted.filter((it) => it.source === source && it.minute >= first).map(({ minute }) => minute)
      const sorted = [...new Set(minutes)].sort((a, b) => a - b)
      return sorted.map((minute) => ({ minute, accepted: minutes.filter((it) => it === minute).length }))
    },
    async lastReceivedAt(source) {
      return events.findLast((event) => event.source === source)?.receivedAt ?? null
    },
    async tail() {
      return events[0]?.seq ?? head + 1
    },
    async prune({ first, last, before, kept }) {
      const range = events.filter(({ seq }) => seq >= first && seq <= last)
      const old = new Set(range.filter((event) => event.receivedAt < before && !kept.includes(event.seq)))
      const left = events.filter((event) => !old.has(event))
      events.splice(0, events.length, ...left)
      return { removed: old.size, reachedNewer: range.some(({ receivedAt }) => receivedAt >= before) }
    },
    async close() {},
  }
}

const matches = (event: QueuedEvent, { source, name, before = Number.POSITIVE_INFINITY }: EventFilter): boolean =>
  event.seq < before && (source === undefined || event.source === source) && (name === undefined || event.name === name)
