import { useSyncExternalStore } from 'react'
import { ago, exactTime } from './ago.ts'

const TICK_MS = 5_000

let now = Date.now()
const listeners = new Set<() => void>()
let ticking: ReturnType<typeof setInterval> | undefined

function tick() {
  now = Date.now()
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  ticking ??= setInterval(tick, TICK_MS)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(ticking)
    ticking = undefined
  }
}

/** The time, renewed every few seconds by one clock for the whole page. */
export const useNow = (): number => useSyncExternalStore(subscribe, () => now)

/** A moment as `12 s ago`, with the exact time on hover; `never` when there is none. */
export function TimeAgo({ at, never = 'never' }: { at: number | null; never?: string }) {
  const present = useNow()
  if (at === null) return <span>{never}</span>
  return (
    <time dateTime={new Date(at).toISOString()} title={exactTime(at)} style={{ whiteSpace: 'nowrap' }}>
      {ago(at, Math.max(present, Math.min(at, Date.now())))}
    </time>
  )
}
