import type { StreamState, StreamWord } from '../../../src/server/contract_streams.ts'
import { readTexts } from '../parts/read_texts.ts'

/** The tabs of a connection, in order. */
export const TABS = ['streams', 'runs', 'settings'] as const

/** One of them. */
export type Tab = (typeof TABS)[number]

/** What a connection's page shows; lives in the address. */
export interface StreamFilters {
  readonly tab?: Tab
  readonly state?: StreamWord
  readonly q?: string
  /** `all` lists the streams that are off too. */
  readonly show?: 'all'
}

/** The states of a stream, those first that need a person. */
export const STREAM_WORDS: readonly StreamWord[] = [
  'failing',
  'waiting_for_review',
  'stale',
  'running',
  'fresh',
  'never_run',
  'off',
]

/** Reads the filters from an address; what it does not know it leaves out. */
export function readStreamFilters(search: Record<string, unknown>): StreamFilters {
  const tab = TABS.find((known) => known === search['tab'])
  const state = STREAM_WORDS.find((known) => known === search['state'])
  return {
    ...readTexts(search, ['q']),
    ...(tab && tab !== 'streams' ? { tab } : {}),
    ...(state ? { state } : {}),
    ...(search['show'] === 'all' ? { show: 'all' as const } : {}),
  }
}

/** The streams that are asked for. Those that are off are listed only when asked for, or when nothing is on. */
export function chosenStreams(streams: readonly StreamState[], filters: StreamFilters): readonly StreamState[] {
  const { state, q = '' } = filters
  const withOff = filters.show === 'all' || state === 'off' || q !== '' || streams.every(({ isOn }) => !isOn)
  return streams.filter(
    (stream) =>
      (withOff || stream.isOn) && (!state || stream.state === state) && stream.stream.includes(q.trim().toLowerCase()),
  )
}
