import type { EventRow } from '../../../src/server/contract.ts'
import { API } from './client.ts'

interface StreamEnds {
  readonly onRow: (row: EventRow) => void
  /** True once the stream stands, false when it broke; the browser goes on trying by itself. */
  readonly onLive: (live: boolean) => void
}

/** Opens the stream of events at `path`. Gives the function that closes it. */
export function openEventStream(path: string, { onRow, onLive }: StreamEnds): () => void {
  const stream = new EventSource(API + path)
  stream.addEventListener('open', () => onLive(true))
  stream.addEventListener('error', () => onLive(false))
  stream.addEventListener('event', (message) => onRow(JSON.parse((message as MessageEvent<string>).data) as EventRow))
  return () => stream.close()
}
