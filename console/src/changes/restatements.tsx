import { Stack, Table, Text } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { RestatementRow } from '../../../src/server/contract_streams.ts'
import { type Advertisers, useAdvertisers } from '../api/advertisers.ts'
import { restatementsQuery, streamsQuery } from '../api/stream_queries.ts'
import { count, counted } from '../parts/amounts.ts'
import { Answer } from '../parts/answer.tsx'
import { dayText } from '../parts/days.ts'
import { Empty } from '../parts/empty.tsx'
import { cellText } from '../parts/figures.ts'
import { Notice } from '../parts/notice.tsx'
import { Card, Page } from '../parts/page.tsx'
import { TextLink } from '../parts/text_link.tsx'
import { TimeAgo } from '../parts/time_ago.tsx'
import { chartOf } from './chart_of.ts'
import type { RestatementFilters } from './filters.ts'
import { RestatementFilterBar } from './restatement_filter_bar.tsx'
import { signed } from './signed.ts'
import { difference, percent } from './triangle.ts'
import { TriangleChart } from './triangle_chart.tsx'

// As many are asked for; older ones by narrowing the days.
const LIMIT = 2_000
const LISTED = 50

/** `/restatements`: which day changed by how much, and when. */
export function RestatementsScreen() {
  const filters = useSearch({ from: '/shell/restatements' })
  const navigate = useNavigate()
  const { advertiser, ...asked } = filters
  const restatements = useQuery(restatementsQuery({ ...asked, limit: LIMIT }))
  const set = (search: RestatementFilters) => void navigate({ to: '/restatements', search, replace: true })
  return (
    <Page title="Restatements" about="Figures that TikTok corrected after they had been read">
      <RestatementFilterBar filters={filters} rows={restatements.data ?? []} onChange={set} />
      <Answer query={restatements} rows={8}>
        {(found) => {
          const rows = found.filter(({ advertiserId }) => !advertiser || advertiserId === advertiser)
          return rows.length === 0 ? <NoRestatement /> : <Found rows={rows} filters={filters} />
        }}
      </Answer>
    </Page>
  )
}

const NoRestatement = () => (
  <Empty
    icon={IconHistory}
    title="Nothing was restated"
    action={
      <TextLink to="/connections" search={{}}>
        See the connections
      </TextLink>
    }
  >
    Each run reads past days again. What TikTok changed in them is noted here, to the last digit, with the run that saw
    it.
  </Empty>
)

function Found({ rows, filters }: { rows: readonly RestatementRow[]; filters: RestatementFilters }) {
  const syncs = new Set(rows.map(({ sync }) => sync))
  const advertisers = useAdvertisers(filters.sync ?? [...syncs][0])
  const types = useColumnTypes()
  const { table, column } = chartOf(rows, filters)
  const ofColumn = rows.filter((row) => row.column === column && row.table === table)
  const currencies = currenciesOf(ofColumn, advertisers)
  const isMoney = types.get(column) === 'money'
  return (
    <Stack gap="md">
      <Card title={`${column} of ${table}, by day and reading`}>
        {isMoney && currencies.length > 1 ? (
          <Notice tone="off">
            <Text size="sm">
              {column} is counted in {currencies.join(', ')}. Choose one advertiser to see it by day: sums over
              currencies would mean nothing.
            </Text>
          </Notice>
        ) : (
          <TriangleChart
            rows={ofColumn}
            type={types.get(column) ?? 'integer'}
            unit={isMoney ? (currencies[0] ?? 'account currency') : null}
          />
        )}
      </Card>
      <Card title="Every restatement" flush>
        <RestatementTable rows={rows} advertisers={advertisers} types={types} />
      </Card>
    </Stack>
  )
}

const currenciesOf = (rows: readonly RestatementRow[], advertisers: Advertisers): readonly string[] =>
  [...new Set(rows.map(({ advertiserId }) => advertisers.get(advertiserId)?.currency ?? 'account currency'))].sort()

/** The types of all columns by their name; a name has one type in all tables. */
function useColumnTypes(): ReadonlyMap<string, string> {
  const { data: streams = [] } = useQuery(streamsQuery)
  return new Map(streams.flatMap(({ table }) => table.columns.map(({ name, type }) => [name, type] as const)))
}

interface RestatementTableProps {
  readonly rows: readonly RestatementRow[]
  readonly advertisers: Advertisers
  readonly types: ReadonlyMap<string, string>
}

function RestatementTable({ rows, advertisers, types }: RestatementTableProps) {
  return (
    <>
      <Table.ScrollContainer minWidth={860} type="native">
        <Table highlightOnHover>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Seen</Table.Th>
              <Table.Th>Day</Table.Th>
              <Table.Th>Advertiser</Table.Th>
              <Table.Th>Figure</Table.Th>
              <Table.Th ta="right">Before</Table.Th>
              <Table.Th ta="right">After</Table.Th>
              <Table.Th ta="right">Difference</Table.Th>
              <Table.Th ta="right">Rows</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.slice(0, LISTED).map((row) => (
              <RestatementRowView
                key={`${row.run} ${row.table} ${row.advertiserId} ${row.day} ${row.column}`}
                row={row}
                advertisers={advertisers}
                type={types.get(row.column) ?? 'integer'}
              />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Text size="xs" c="dimmed" px="md" py={8}>
        {rows.length > LISTED
          ? `The newest ${LISTED} of ${counted(rows.length, 'restatement')}; narrow them to see others`
          : counted(rows.length, 'restatement')}
      </Text>
    </>
  )
}

interface RowViewProps {
  readonly row: RestatementRow
  readonly advertisers: Advertisers
  readonly type: string
}

const SHARE = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1, signDisplay: 'always' })

function RestatementRowView({ row, advertisers, type }: RowViewProps) {
  const advertiser = advertisers.get(row.advertiserId)
  const unit = type === 'money' ? ` ${advertiser?.currency ?? ''}` : ''
  const share = percent(row)
  return (
    <Table.Tr>
      <Table.Td className="nowrap">
        <TextLink to="/runs/$id" params={{ id: row.run }} search={{ stream: row.table }} size="sm" data-row>
          <TimeAgo at={row.at} />
        </TextLink>
      </Table.Td>
      <Table.Td className="nowrap" title={advertiser ? `In ${advertiser.timezone}` : undefined}>
        {row.day ? dayText(row.day) : 'Lifetime'}
      </Table.Td>
      <Table.Td className="wrap" maw={180}>
        {advertiser?.name ?? row.advertiserId}
      </Table.Td>
      <Table.Td>
        <Text size="sm" className="mono">
          {row.column}
        </Text>
        <Text size="xs" c="dimmed" className="mono">
          {row.table}
        </Text>
      </Table.Td>
      <Table.Td ta="right" className="tabular nowrap">
        {cellText(row.before, type)}
        {unit}
      </Table.Td>
      <Table.Td ta="right" className="tabular nowrap">
        {cellText(row.after, type)}
        {unit}
      </Table.Td>
      <Table.Td ta="right" className="tabular nowrap">
        {signed(cellText(difference(row), type))}
        <Text span size="xs" c="dimmed">
          {share === null ? '' : ` ${SHARE.format(share)} %`}
        </Text>
      </Table.Td>
      <Table.Td ta="right" className="tabular">
        {count(row.rows)}
      </Table.Td>
    </Table.Tr>
  )
}
