/** One line of a comparison: in both, only before, or only after. */
export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added'
  readonly text: string
}

// The table below has one cell for each pair of lines: beyond this, whole texts are shown as replaced.
const CELLS_MAX = 4_000_000

/** Compares two texts line by line, keeping the longest run of lines they share. */
export function diffLines(before: string, after: string): readonly DiffLine[] {
  const old = before.split('\n')
  const now = after.split('\n')
  if (old.length * now.length > CELLS_MAX) return [...old.map(removed), ...now.map(added)]
  const shared = sharedLengths(old, now)
  const lines: DiffLine[] = []
  let i = 0
  let j = 0
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      lines.push({ kind: 'same', text: old[i]! })
      i++
      j++
    } else if (j >= now.length || (i < old.length && shared[i + 1]![j]! >= shared[i]![j + 1]!)) {
      lines.push(removed(old[i++]!))
    } else {
      lines.push(added(now[j++]!))
    }
  }
  return lines
}

/** How many lines were added or removed. */
export const changedLines = (lines: readonly DiffLine[]): number => lines.filter(({ kind }) => kind !== 'same').length

const removed = (text: string): DiffLine => ({ kind: 'removed', text })
const added = (text: string): DiffLine => ({ kind: 'added', text })

// shared[i][j]: length of the longest common run of lines of old from i and now from j.
function sharedLengths(old: readonly string[], now: readonly string[]): readonly Uint32Array[] {
  const shared = Array.from({ length: old.length + 1 }, () => new Uint32Array(now.length + 1))
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      shared[i]![j] = old[i] === now[j] ? shared[i + 1]![j + 1]! + 1 : Math.max(shared[i + 1]![j]!, shared[i]![j + 1]!)
    }
  }
  return shared
}
