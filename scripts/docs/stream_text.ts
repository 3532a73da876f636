import type { Stream } from '../../src/core/stream.ts'
import type { Column, Table } from '../../src/core/table.ts'
import { code, table } from './markdown.ts'

/** A stream as pages tell it: nothing is opened. */
export type ListedStream = Omit<Stream<never>, 'open'>

const YEAR = { from: '2025-01-01', to: '2025-12-31' }
const DAY_MS = 86_400_000

/** A line of the table of all streams. */
export const overviewRow = (stream: ListedStream): readonly string[] => [
  `[${code(stream.table.name)}](#${stream.table.name})`,
  stream.isDefault ? 'on' : 'off',
  stream.table.mode,
  sliceWords(stream),
  String(stream.callsPerSlice),
  stream.table.about,
]

/** A stream of entities, with all its columns. */
export const entityText = (stream: ListedStream): readonly string[] => [
  `### ${stream.table.name}`,
  factsOf(stream),
  table(
    ['Column', 'Type', "TikTok's field", 'About'],
    stream.table.columns.map((column) => [code(column.name), column.type, fieldOf(column), column.about]),
  ),
]

/** All that is said of a stream beside its columns. */
export function factsOf(stream: ListedStream): string {
  const { about, mode, key } = stream.table
  const calls = stream.callsPerSlice === 1 ? 'one call' : `${stream.callsPerSlice} calls`
  return [
    `${about}.`,
    `${stream.isDefault ? 'On' : 'Off'} by default; ${code(mode)}; key ${key.map(code).join(', ')}; ${sliceWords(stream)}, ${calls} at least.`,
    ...referencesOf(stream.table),
  ].join(' ')
}

function referencesOf({ references }: Table): readonly string[] {
  if (references.length === 0) return []
  const each = references.map(
    ({ columns, table: other, to }) => `${code(columns.join(', '))} → ${code(`${other}.${to.join(', ')}`)}`,
  )
  return [`${each.join(', ')}.`]
}

/** TikTok's field, where one fills the column. */
export const fieldOf = ({ apiField }: Column): string => (apiField === null ? '' : code(apiField))

/** How much of a table is read in one go. */
function sliceWords({ slices }: ListedStream): string {
  const lengths = slices(YEAR).map(({ days }) =>
    days === null ? 0 : (Date.parse(days.to) - Date.parse(days.from)) / DAY_MS + 1,
  )
  const most = Math.max(...lengths)
  if (most === 0) return 'all of an advertiser'
  return most === 1 ? 'one day' : `up to ${most} days`
}
