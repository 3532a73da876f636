import { type EventSyncSpec, isEventSync, isStreamSync } from '../../kinds.ts'
import type { StoredResource } from '../../store/resources.ts'
import type { Store } from '../../store/store.ts'
import { type ApiRoute, type Context, read } from '../api_route.ts'
import { summarise } from '../books.ts'
import type { Home, OpenProblem, Summary, SyncState, VolumePoint } from '../contract.ts'
import { type Conditions, healthOfRoads, healthOfSync, readConditions } from '../health.ts'
import { streamProblems, streamSyncStates } from '../stream_home.ts'

const MINUTE_MS = 60_000
const MINUTES = 60

export const overviewRoutes: readonly ApiRoute[] = [
  read({
    path: '/summary',
    about: 'The books: what became of every event, in total, by source and by sync.',
    answer: ({ store }) => summarise(store),
  }),
  read({
    path: '/home',
    about: 'The state of both roads at a glance.',
    answer: home,
  }),
]

async function home({ store, outside }: Context): Promise<Home> {
  const [summary, conditions] = await Promise.all([summarise(store), readConditions(store, outside.now())])
  const { resources, readers } = conditions
  const syncs = syncStates(conditions, summary)
  const streamSyncs = await streamSyncStates(store, conditions)
  const sources = summary.sources.map(({ name }) => name)
  const received = await Promise.all(sources.map((source) => store.queue.lastReceivedAt(source)))
  const count = (kind: string) => resources.filter((resource) => resource.kind === kind).length
  return {
    ...healthOfRoads(syncs, streamSyncs),
    lastDeliveredAt: latest(readers.map(({ lastDeliveredAt }) => lastDeliveredAt)),
    lastReceivedAt: latest(received),
    total: summary.total,
    rejected: summary.sources.reduce((sum, { rejected }) => sum + rejected, 0),
    volume: await volume(store, sources, outside.now()),
    problems: [...(await openProblems(store, conditions, summary)), ...(await streamProblems(store, conditions))],
    syncs,
    streamSyncs,
    counts: {
      accounts: count('account'),
      sources: count('event_source'),
      destinations: count('destination'),
      warehouses: count('warehouse'),
      syncs: count('sync'),
    },
  }
}

function syncStates(conditions: Conditions, summary: Summary): SyncState[] {
  const { resources, readers } = conditions
  const books = new Map(summary.syncs.map((sync) => [sync.name, sync]))
  return resources
    .filter(({ kind, spec }) => kind === 'sync' && isEventSync(spec))
    .map((sync) => {
      const { from, to } = sync.spec as unknown as EventSyncSpec
      const reader = readers.find((one) => one.sync === sync.name)
      return {
        name: sync.name,
        source: from.event_source,
        destination: to.destination,
        ...healthOfSync(sync, conditions),
        lastDeliveredAt: reader?.lastDeliveredAt ?? null,
        retryAt: reader?.failing?.retryAt ?? null,
        books: books.get(sync.name) ?? NO_BOOKS,
      }
    })
}

const NO_BOOKS = { accepted: 0, duplicate: 0, filtered: 0, suppressed: 0, delivered: 0, dead: 0, pending: 0 }

async function volume({ queue, deliveries }: Store, sources: readonly string[], now: number): Promise<VolumePoint[]> {
  const first = Math.floor(now / MINUTE_MS) - MINUTES + 1
  const verdicts = new Map((await deliveries.volume(first * MINUTE_MS)).map((point) => [point.minute, point]))
  const intake = await Promise.all(sources.map((source) => queue.volume(source, first)))
  const accepted = new Map<number, number>()
  for (const { minute, accepted: count } of intake.flat()) accepted.set(minute, (accepted.get(minute) ?? 0) + count)
  return Array.from({ length: MINUTES }, (_, i) => ({
    at: (first + i) * MINUTE_MS,
    accepted: accepted.get(first + i) ?? 0,
    delivered: verdicts.get(first + i)?.delivered ?? 0,
    dead: verdicts.get(first + i)?.dead ?? 0,
  }))
}

async function openProblems(
  store: Store,
  { pauses, readers, resources }: Conditions,
  summary: Summary,
): Promise<OpenProblem[]> {
  const paused = pauses.map(({ subject, since, message }) => ({
    kind: subject.startsWith('account/') ? 'account_paused' : 'sync_paused',
    title: `${subject} waits for you`,
    detail: message,
    count: 1,
    since,
    link: linkOf(subject, resources),
  }))
  const retrying = readers
    .filter(({ failing }) => failing !== null)
    .map(({ sync, failing }) => ({
      kind: 'retrying',
      title: `Calls of ${sync} fail`,
      detail: failing!.message,
      count: 1,
      since: failing!.since,
      link: `/events?sync=${encodeURIComponent(sync)}&standing=pending`,
    }))
  const dead = (await store.deliveries.deadGroups()).map(({ sync, reason, count, firstAt }) => ({
    kind: 'dead_letters',
    title: `${count} dead in ${sync}`,
    detail: reason.message,
    count,
    since: firstAt,
    link: `/dead-letters?${new URLSearchParams({ sync, code: reason.code })}`,
  }))
  const rejected = summary.sources
    .filter((source) => source.rejected > 0)
    .map((source) => ({
      kind: 'rejected',
      title: `${source.rejected} refused at the door of ${source.name}`,
      detail: 'These could not be kept as events; the source lists each with its reason',
      count: source.rejected,
      since: null,
      link: `/sources/${source.name}`,
    }))
  const test = resources
    .filter(({ kind, spec }) => kind === 'destination' && typeof spec['test_event_code'] === 'string')
    .map(({ name }) => ({
      kind: 'test_code',
      title: `${name} sends test events`,
      detail: 'TikTok does not count events that carry a test event code; take it out for live traffic',
      count: 1,
      since: null,
      link: '/destinations',
    }))
  return [...paused, ...retrying, ...dead, ...rejected, ...test]
}

/** Where the console shows what is paused. */
function linkOf(subject: string, resources: readonly StoredResource[]): string {
  const [kind, name] = subject.split('/')
  if (kind === 'account') return `/accounts/${name}`
  const sync = resources.find((resource) => resource.kind === 'sync' && resource.name === name)
  return sync && isStreamSync(sync.spec) ? `/connections/${name}` : `/mappings/${name}`
}

function latest(times: readonly (number | null)[]): number | null {
  return times.reduce((newest, time) => (time !== null && time > (newest ?? 0) ? time : newest), null)
}
