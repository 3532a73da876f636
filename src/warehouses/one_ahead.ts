/** Sends parcels in order, and lets one travel while the next is packed. */
export interface OneAhead {
  /** Resolves when the parcel before has arrived; throws when it did not. */
  send(travel: () => Promise<void>): Promise<void>
  /** Resolves when all have arrived. */
  arrived(): Promise<void>
}

/** A road that is empty yet. */
export function oneAhead(): OneAhead {
  let last: Promise<void> = Promise.resolve()
  return {
    async send(travel) {
      await last
      last = travel()
      // Whoever sends next, or asks for all, is told.
      last.catch(() => {})
    },
    arrived: () => last,
  }
}
