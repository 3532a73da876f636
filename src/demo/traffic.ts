import { setImmediate, setTimeout } from 'node:timers/promises'
import { Analytics } from '@segment/analytics-node'
import type { Call } from './visit.ts'
import type { IdentifiedCall, Week } from './week.ts'

export interface TrafficOptions {
  /** Base address of the door. */
  readonly host: string
  readonly writeKey: string
  readonly fetch: typeof fetch
  readonly now: () => number
  /** Ends all sending. */
  readonly stopped: AbortSignal
}

/** The sample shop's senders. */
export interface Traffic {
  /** Sends a whole week; resolves when all of it was taken, or refused. */
  sendWeek(week: Week): Promise<void>
  /** Sends visits as they happen, one after another; asks before each call whether it `isWelcome`. Resolves when it was stopped. */
  sendLive(visits: Iterable<readonly Call[]>, isWelcome: () => Promise<boolean>): Promise<void>
}

const FLUSH_EVENTS = 100
const FLUSH_MS = 500
const LIVE_SPEED = 20 // nobody waits for a visitor who reads
const BETWEEN_VISITS_MS = 1500

/** Opens Segment's own library for Node, as a shop's server uses it. */
export function openTraffic({ host, writeKey, fetch, now, stopped }: TrafficOptions): Traffic {
  const analytics = new Analytics({
    host,
    writeKey,
    flushAt: FLUSH_EVENTS,
    flushInterval: FLUSH_MS,
    httpClient: (url, init) => (stopped.aborted ? Promise.resolve(letGo()) : fetch(url, init as RequestInit)),
  })
  const pause = (ms: number) => setTimeout(ms, undefined, { signal: stopped }).catch(() => undefined)

  async function sendVisit(visit: readonly Call[], isWelcome: () => Promise<boolean>): Promise<void> {
    let before = visit[0]?.timestamp ?? new Date()
    for (const call of visit) {
      await pause((Number(call.timestamp) - Number(before)) / LIVE_SPEED)
      if (stopped.aborted) return
      before = call.timestamp
      if (!(await isWelcome())) return
      hand(analytics, { ...call, timestamp: new Date(now()) })
    }
  }

  return {
    async sendWeek({ calls, broken }) {
      for (const [n, call] of calls.entries()) {
        // The server shares this thread and must have its turn.
        if (n % FLUSH_EVENTS === 0) await setImmediate()
        if (stopped.aborted) break
        hand(analytics, call)
      }
      await analytics.flush()
      if (!stopped.aborted) await sendByHand(broken)
    },
    async sendLive(visits, isWelcome) {
      for (const visit of visits) {
        if (stopped.aborted) break
        await sendVisit(visit, isWelcome)
        await pause(BETWEEN_VISITS_MS)
      }
      await analytics.flush()
    },
  }

  async function sendByHand(batch: Week['broken']): Promise<void> {
    const authorization = `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`
    await fetch(`${host}/v1/batch`, { method: 'POST', headers: { authorization }, body: JSON.stringify({ batch }) })
  }
}

function hand(analytics: Analytics, call: Call & Partial<IdentifiedCall>) {
  const { type, name, properties, ...message } = call
  switch (type) {
    case 'page':
      return analytics.page({ ...message, name, properties })
    case 'track':
      return analytics.track({ ...message, event: name, properties })
    case 'identify':
      return analytics.identify({ ...message, traits: properties })
  }
}

// The library tries for minutes whatever fails, and only a 400 makes it give up.
const letGo = () => new Response(null, { status: 400 })
