import type { DeadGroup } from '../../../src/server/contract.ts'

/** Which group of dead letters is open; lives in the address. */
export interface DeadFilters {
  readonly sync?: string
  readonly code?: string
  readonly field?: string
}

const KEYS = ['sync', 'code', 'field'] as const

/** Reads the open group from an address. */
export function readDeadFilters(search: Record<string, unknown>): DeadFilters {
  return Object.fromEntries(
    KEYS.flatMap((key) => {
      const value = search[key]
      return typeof value === 'string' && value !== '' ? [[key, value]] : []
    }),
  )
}

/** The address of one group. */
export const filtersOf = ({ sync, code, field }: DeadGroup): DeadFilters => ({
  sync,
  code,
  ...(field ? { field } : {}),
})

/** True for the group an address names; without a field, the group that has none. */
export const isGroup = (group: DeadGroup, { sync, code, field }: DeadFilters): boolean =>
  group.sync === sync && group.code === code && (group.field ?? undefined) === field
