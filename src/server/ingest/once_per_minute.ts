const MINUTE = 60_000

/** Counts something that can happen thousands of times a second, and says count and latest case at most once a minute. */
export function oncePerMinute<T>(now: () => number, say: (count: number, latest: T) => void): (latest: T) => void {
  let count = 0
  let saidAt = Number.NEGATIVE_INFINITY
  return (latest) => {
    count++
    if (now() - saidAt < MINUTE) return
    saidAt = now()
    say(count, latest)
    count = 0
  }
}
