import type { EventRow } from '../../../src/server/contract.ts'

/** A few events of as many names as there are: the newest of each name, then the newest of the rest. */
export function variety(events: readonly EventRow[], amount: number): readonly EventRow[] {
  const firsts = events.filter((event, index) => events.findIndex(({ name }) => name === event.name) === index)
  const rest = events.filter((event) => !firsts.includes(event))
  return [...firsts, ...rest].slice(0, amount)
}
