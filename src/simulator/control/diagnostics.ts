import type { Control } from './control.ts'

/** `GET /__simulator/diagnostics`: findings by event source and kind, most frequent first. Filters `event_source_id`, `kind`. */
export const listDiagnostics: Control = ({ query }, { diagnostics }) => {
  const sourceId = query.get('event_source_id')
  const kind = query.get('kind')
  const listed = diagnostics
    .list()
    .filter((one) => (sourceId ?? one.event_source_id) === one.event_source_id && (kind ?? one.kind) === one.kind)
  return { json: { diagnostics: listed } }
}
