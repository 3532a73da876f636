import { readTexts } from '../parts/read_texts.ts'

/** Which schema changes are listed; lives in the address. */
export interface ChangeFilters {
  readonly sync?: string
  readonly table?: string
  /** `all` lists those that are decided too. */
  readonly show?: 'all'
}

/** Reads the filters from an address; what it does not know it leaves out. */
export const readChangeFilters = (search: Record<string, unknown>): ChangeFilters => ({
  ...readTexts(search, ['sync', 'table']),
  ...(search['show'] === 'all' ? { show: 'all' as const } : {}),
})

/** Which restatements are listed; lives in the address. */
export interface RestatementFilters {
  readonly sync?: string
  readonly table?: string
  readonly column?: string
  readonly advertiser?: string
  readonly from?: string
  readonly to?: string
}

/** Reads the filters from an address; what it does not know it leaves out. */
export const readRestatementFilters = (search: Record<string, unknown>): RestatementFilters =>
  readTexts(search, ['sync', 'table', 'column', 'advertiser', 'from', 'to'])
