import type { SliceState } from '../../../src/server/contract_streams.ts'
import { readTexts } from '../parts/read_texts.ts'

/** What the list of runs is narrowed to; lives in the address. */
export interface RunFilters {
  readonly sync?: string
}

/** Reads the filters from an address; what it does not know it leaves out. */
export const readRunFilters = (search: Record<string, unknown>): RunFilters => readTexts(search, ['sync'])

/** Which slices of a run are listed; lives in the address. */
export interface SliceFilters {
  readonly state?: SliceState
  readonly stream?: string
  readonly advertiser?: string
}

/** The states of a slice, those first that need a person. */
export const SLICE_STATES: readonly SliceState[] = ['failed', 'unconfirmed', 'reading', 'waiting', 'done', 'skipped']

/** Reads the filters from an address; what it does not know it leaves out. */
export function readSliceFilters(search: Record<string, unknown>): SliceFilters {
  const state = SLICE_STATES.find((known) => known === search['state'])
  return { ...readTexts(search, ['stream', 'advertiser']), ...(state ? { state } : {}) }
}
