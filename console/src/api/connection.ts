import { useSyncExternalStore } from 'react'

let reachable = true
const listeners = new Set<() => void>()

/** Notes whether the last call reached our server; the banner and the reconnecting poll follow it. */
export function setReachable(now: boolean): void {
  if (now === reachable) return
  reachable = now
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** True while our server answers. */
export const useReachable = (): boolean => useSyncExternalStore(subscribe, () => reachable)
