import type { Stream } from '../core/stream.ts'
import type { Reader } from '../tiktok/reader.ts'
import { LEVEL_WORDS } from '../tiktok/reporting/report_words.ts'
import type { ReportSpec } from './report_spec.ts'
import { reportStream } from './report_stream.ts'

/** A report of one's own as a stream; its table is `custom_<name>`. The report must have passed `checkReport`. */
export function customStream(name: string, spec: ReportSpec): Stream<Reader> {
  return reportStream({
    ...spec,
    name: `custom_${name}`,
    about: `A report of your own about ${LEVEL_WORDS[spec.data_level]}: ${name}`,
    group: 'custom',
    isDefault: true,
    isKeyedByAdvertiser: true,
  })
}
