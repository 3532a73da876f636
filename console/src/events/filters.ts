import type { EventRow, Standing } from '../../../src/server/contract.ts'

/** What the list of events is narrowed to; lives in the address. */
export interface EventFilters {
  readonly source?: string
  readonly sync?: string
  readonly standing?: Standing
  readonly name?: string
  readonly code?: string
  /** Message id, user id, anonymous id or order id. */
  readonly q?: string
}

export const STANDINGS: readonly Standing[] = ['delivered', 'pending', 'dead', 'filtered', 'suppressed']

const TEXTS = ['source', 'sync', 'name', 'code', 'q'] as const

/** Reads the filters from an address; what it does not know it leaves out. */
export function readEventFilters(search: Record<string, unknown>): EventFilters {
  const texts = TEXTS.flatMap((key) => {
    const value = search[key]
    return typeof value === 'string' && value !== '' ? [[key, value]] : []
  })
  const standing = STANDINGS.find((known) => known === search['standing'])
  return { ...Object.fromEntries(texts), ...(standing ? { standing } : {}) }
}

/** True when a streamed row belongs in the list. `q` and `code` are looked up by the server alone. */
export function matches(row: EventRow, filters: EventFilters): boolean {
  return (
    (!filters.source || row.source === filters.source) &&
    (!filters.standing || row.standing === filters.standing) &&
    (!filters.name || row.name === filters.name) &&
    (!filters.sync || row.deliveries.some(({ sync }) => sync === filters.sync))
  )
}
