import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { EventList, EventRow } from '../../../src/server/contract.ts'
import { call } from '../api/client.ts'
import { queryString } from '../api/queries.ts'
import { openEventStream } from '../api/stream.ts'
import { type EventFilters, matches } from './filters.ts'
import { mergeRows } from './rows.ts'

const PAGE_SIZE = 100
// Rows kept from the stream: more than anyone scrolls, few enough to draw.
const STREAMED_MAX = 500
// Busy sources send thousands of events a second; the list is drawn four times.
const FLUSH_MS = 250
const POLL_MS = 3_000
// The stream tells of events that came while it stood; those from before change too.
const REREAD_MS = 15_000

/** The list of events as it changes: the stored pages, and on top what the stream brings. */
export function useLiveRows(filters: EventFilters, paused: boolean) {
  const [live, setLive] = useState(false)
  const [streamed, setStreamed] = useState<readonly EventRow[]>([])
  const waiting = useStream(filters, paused, setLive, (rows) =>
    setStreamed((known) => mergeRows(known, rows, {}, STREAMED_MAX)),
  )
  const pages = useInfiniteQuery({
    queryKey: ['events', 'list', filters],
    queryFn: ({ pageParam, signal }) =>
      call<EventList>(
        'GET',
        `/events${queryString({ ...filters, before: pageParam, limit: PAGE_SIZE })}`,
        undefined,
        signal,
      ),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (last: EventList) => last.next ?? undefined,
    refetchInterval: paused ? false : live ? REREAD_MS : POLL_MS,
  })
  const stored = pages.data?.pages.flatMap((page) => page.events) ?? []
  const newest = stored[0]?.id ?? 0
  // What was just read is newer than what the stream brought before.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the moment of reading is what counts
  useEffect(() => setStreamed((known) => known.filter(({ id }) => id > newest)), [pages.dataUpdatedAt])
  return { rows: mergeRows(stored, streamed, filters, stored.length + STREAMED_MAX), waiting, live, pages }
}

// Only the server can tell whether a row matches these.
const streams = (filters: EventFilters) => !filters.q && !filters.code

/** Feeds rows from the stream; while paused they wait, and their number is given back. */
function useStream(
  filters: EventFilters,
  paused: boolean,
  onLive: (live: boolean) => void,
  onRows: (rows: readonly EventRow[]) => void,
): number {
  const queue = useRef<EventRow[]>([])
  const [waiting, setWaiting] = useState(0)
  const ends = useRef({ paused, onRows, onLive })
  ends.current = { paused, onRows, onLive }

  const { standing: _, ...asked } = filters
  const address = streams(filters) ? `/events/stream${queryString(asked)}` : null
  useEffect(() => {
    if (!address) return
    const close = openEventStream(address, {
      onRow: (row) => queue.current.push(row),
      onLive: (live) => ends.current.onLive(live),
    })
    return () => {
      close()
      ends.current.onLive(false)
    }
  }, [address])

  const shown = useRef(filters)
  shown.current = filters
  useEffect(() => {
    const flush = setInterval(() => {
      if (ends.current.paused) {
        setWaiting(new Set(queue.current.filter((row) => matches(row, shown.current)).map(({ id }) => id)).size)
        queue.current = queue.current.slice(-STREAMED_MAX)
        return
      }
      setWaiting(0)
      if (queue.current.length > 0) ends.current.onRows(queue.current.splice(0))
    }, FLUSH_MS)
    return () => clearInterval(flush)
  }, [])
  return waiting
}
