const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** How long ago, or how far ahead, in one short phrase: `just now`, `12 s ago`, `in 4 min`, `3 d ago`. */
export function ago(at: number, now: number): string {
  const distance = Math.abs(now - at)
  if (distance < 2 * SECOND) return 'just now'
  const length = lengthOf(distance)
  return at > now ? `in ${length}` : `${length} ago`
}

function lengthOf(distance: number): string {
  if (distance < MINUTE) return `${Math.floor(distance / SECOND)} s`
  if (distance < HOUR) return `${Math.floor(distance / MINUTE)} min`
  if (distance < 2 * DAY) return `${Math.floor(distance / HOUR)} h`
  return `${Math.floor(distance / DAY)} d`
}

const absolute = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'medium',
  timeStyle: 'medium',
})
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone

/** The exact moment with its time zone, for hovers. */
export const exactTime = (at: number): string => `${absolute.format(at)} (${zone})`
