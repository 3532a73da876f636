import type { DeadGroup } from '../../../src/server/contract.ts'

/** Which group of dead letters is open; lives in the address. */
export interface DeadFilters {
  readonly sync?: string
  readonly code?: string
}

const KEYS = ['sync', 'code'] as const

/** Reads the open group from an address. */
export function readDeadFilters(search: Record<string, unknown>): DeadFilters {
  return Object.fromEntries(
    KEYS.flatMap((key) => {
      const value = search[key]
      return typeof value === 'string' && value !== '' ? [[key, value]] : []
    }),
  )
}

/** The address of one group. A group is a sync and a code; its field and sentence are those of its newest letter. */
export const filtersOf = ({ sync, code }: DeadGroup): DeadFilters => ({ sync, code })

/** True for the group an address names. */
export const isGroup = (group: DeadGroup, { sync, code }: DeadFilters): boolean =>
  group.sync === sync && group.code === code
