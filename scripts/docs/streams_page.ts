import { streams } from '../../src/catalog.ts'
import { auditColumns } from '../../src/core/audit_columns.ts'
import { toMermaid } from '../../src/core/schema_export/mermaid.ts'
import type { Table } from '../../src/core/table.ts'
import { LOADED_SLICES, type OwnTable, REMOVED_ROWS, RESTATEMENTS } from '../../src/warehouses/own_tables.ts'
import { block, code, page, table } from './markdown.ts'
import { figureRows, reportText } from './stream_figures.ts'
import { entityText, type ListedStream, overviewRow } from './stream_text.ts'
import { COLUMN_WORDS } from './stream_words.ts'

const entities = streams.filter(({ table: { group } }) => group === 'entity')
const reports = streams.filter(({ table: { group } }) => group === 'report')
const breakdowns = streams.filter(({ table: { group } }) => group === 'breakdown')

/** Every table that TikTok can fill: when it is read, what tells its rows apart, and what its columns mean. */
export function streamsPage(): string {
  return page(
    'Streams',
    'src/catalog.ts and the streams it lists',
    INTRODUCTION,
    '## All of them',
    table(['Stream', 'By default', 'Kept', 'One slice', 'Calls', 'About'], streams.map(overviewRow)),
    READING,
    table(['Kept', 'What becomes of rows'], Object.entries(COLUMN_WORDS.modes).map(inCode)),
    table(['Type', 'What it holds'], Object.entries(COLUMN_WORDS.types).map(inCode)),
    table(['Adds up', 'How figures of several rows become one'], Object.entries(COLUMN_WORDS.totals)),
    '## Entities',
    ENTITIES,
    block(diagramOf(entities.map((stream) => stream.table)).trimEnd(), 'mermaid'),
    ...entities.flatMap(entityText),
    '## Figures of reports',
    FIGURES,
    table(
      ['Column', 'Type', "TikTok's field", 'Adds up', 'Done after', 'About'],
      figureRows([...reports, ...breakdowns]),
    ),
    '## Reports',
    ...textsOf(reports, []),
    '## Breakdowns',
    ...textsOf(breakdowns, reports),
    '## Columns that we add',
    'Behind the columns of every stream. `_deleted` stands where rows are kept (`upsert`, `history`), `_is_final` elsewhere.',
    table(
      ['Column', 'Type', 'About'],
      audit().map(({ name, type, about }) => [code(name), type, about]),
    ),
    '## Tables that we add',
    'In each schema, without a key.',
    ...OWN.flatMap(({ own, about }) => [`### ${own.name}`, about, columnsOf(own)]),
  )
}

const INTRODUCTION = `A stream is a table that TikTok fills. A sync reads those that are on by default, or those its \`from.streams\` names; a
[report of your own](reports.md) is a stream too, called \`custom_\` and its name. The same as JSON, for programs:
[data_contract.json](data_contract.json), or \`backbeat schema export --format json\`; as statements and diagrams with \`--format sql|dbml|mermaid\`.`

const READING = `**One slice** is what is read in one go and replaced in one transaction. **Calls** is how many calls to TikTok it takes
at least; pages beyond the first come on top. A column that TikTok leaves empty, or fills with \`-\`, is null, which is not zero.`

const ENTITIES = `Read whole at each run, deleted objects included. \`_raw\` holds the object as TikTok gave it, so a field without a column of
its own is there too, and the run's page names it. Beside each history stands a view of its newest versions, named without \`_history\`:
\`campaign\`, \`adgroup\`, \`ad\`. No column of an entity is a figure to be added up. The diagram shows keys and what refers to them.`

const FIGURES = `Columns of reports mean the same wherever they stand, so each is told once. *Done after*: hours until TikTok is done
with a figure; earlier readings hold less. Breakdowns may be later, and say so. Attributes, such as the id of the campaign of an ad, are
listed with the table they stand in.`

const inCode = ([name, words]: [string, string]): readonly string[] => [code(name), words]

/** The texts of these reports in order; each may say that its figures are those of one before it. */
function textsOf(listed: readonly ListedStream[], before: readonly ListedStream[]): readonly string[] {
  return listed.flatMap((stream, i) => reportText(stream, [...before, ...listed.slice(0, i)]))
}

/** Tables and how they hang together, with no other columns than those that tie them. */
function diagramOf(tables: readonly Table[]): string {
  const ours = new Set(audit().map(({ name }) => name))
  const tying = tables.map((one) => ({ ...one, columns: one.columns.filter(({ name }) => ties(one, name)) }))
  const isOurs = (line: string) => ours.has(line.trim().split(' ')[1] ?? '')
  return toMermaid(tying)
    .split('\n')
    .filter((line) => !isOurs(line))
    .join('\n')
}

const ties = ({ key, references }: Table, name: string): boolean =>
  key.includes(name) || references.some(({ columns }) => columns.includes(name))

const audit = () => [
  ...new Map([...auditColumns('upsert'), ...auditColumns('window')].map((one) => [one.name, one])).values(),
]

const columnsOf = ({ columns }: OwnTable): string =>
  table(
    ['Column', 'Type'],
    columns.map(({ name, type }) => [code(name), type]),
  )

const OWN: readonly { readonly own: OwnTable; readonly about: string }[] = [
  {
    own: LOADED_SLICES,
    about:
      'Every slice that was replaced, by which run and when; the newest entry for each table, advertiser and first day. It is written in the transaction that replaced the slice, and it is all that a run needs to know of the ones before it.',
  },
  {
    own: REMOVED_ROWS,
    about:
      'Rows of reports that TikTok gave once and no longer gives, whole, as JSON, with ids and money as text. They were taken out of their tables.',
  },
  {
    own: RESTATEMENTS,
    about:
      'What TikTok changed in figures it had given before: for each day and column the sum of the rows that changed, before and after, as exact decimal text, and how many they were.',
  },
]
