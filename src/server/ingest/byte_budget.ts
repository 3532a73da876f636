/** Counts bytes held in memory for some purpose, against a most. */
export interface ByteBudget {
  /** Takes `bytes` if there is room; a taker that finds the budget empty gets its bytes whatever their number. */
  take(bytes: number): boolean
  give(bytes: number): void
  isFull(): boolean
}

/** A budget of `max` bytes. */
export function byteBudget(max: number): ByteBudget {
  let held = 0
  return {
    take(bytes) {
      if (held > 0 && held + bytes > max) return false
      held += bytes
      return true
    },
    give(bytes) {
      held -= bytes
    },
    isFull: () => held >= max,
  }
}
