import { streams } from './catalog.ts'
import type { Stream } from './core/stream.ts'
import type { StreamSyncSpec } from './kinds.ts'
import type { StoredResource } from './store/resources.ts'
import { customStream } from './streams/custom_report.ts'
import type { ReportSpec } from './streams/report_spec.ts'
import type { Reader } from './tiktok/reader.ts'
import { checkReport } from './tiktok/reporting/check_report.ts'

/** Every stream there is: those of the catalogue, and the custom reports among these resources. */
export function knownStreams(resources: readonly StoredResource[]): readonly Stream<Reader>[] {
  return [...streams, ...resources.filter(isReadable).map(toStream)]
}

/** Those of them that a sync reads. */
export function streamsOn({ from }: StreamSyncSpec, known: readonly Stream<Reader>[]): readonly Stream<Reader>[] {
  return known.filter(({ table, isDefault }) => (from.streams ? from.streams.includes(table.name) : isDefault))
}

// A report that was legal when it was saved may name what a later version of ours has learned to be illegal.
const isReadable = ({ kind, spec }: StoredResource): boolean =>
  kind === 'report' && checkReport(spec as unknown as ReportSpec).length === 0

const toStream = ({ name, spec }: StoredResource): Stream<Reader> => customStream(name, spec as unknown as ReportSpec)
