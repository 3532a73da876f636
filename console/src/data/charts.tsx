import { MultiSelect, Skeleton, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import type { Column, Series, Table } from '../../../src/server/contract_streams.ts'
import type { Advertisers } from '../api/advertisers.ts'
import { askedQuery } from '../api/stream_queries.ts'
import { Answer } from '../parts/answer.tsx'
import { todayAt } from '../parts/days.ts'
import { Notice } from '../parts/notice.tsx'
import { Card } from '../parts/page.tsx'
import { chartables, chartedColumns } from './chartable.ts'
import styles from './data.module.css'
import { type DataSearch, daysShown, readDataSearch } from './search.ts'

interface ChartsProps {
  readonly warehouse: string
  readonly schema: string
  readonly table: Table
  readonly advertisers: Advertisers
  readonly search: DataSearch
  readonly onChange: (search: DataSearch) => void
}

// More charts than this are read by nobody.
const CHARTS_MAX = 6

const DayChart = lazy(async () => ({ default: (await import('./day_chart.tsx')).DayChart }))

/** Figures by day, each in a chart of its own, since they have scales of their own. */
export function Charts(props: ChartsProps) {
  const { table, advertisers, search, onChange } = props
  const columns = chartedColumns(table, search.columns)
  const currencies = currenciesOf(advertisers, search.advertiser)
  const money = currencies.length > 1 ? columns.filter(({ type }) => type === 'money') : []
  const drawn = columns.filter((column) => !money.includes(column))
  return (
    <Card
      title="By day"
      aside={
        <MultiSelect
          aria-label="Figures"
          size="xs"
          searchable
          hidePickedOptions
          maxValues={CHARTS_MAX}
          w={{ base: '100%', sm: 380 }}
          data={chartables(table).map(({ column: { name }, why }) => ({
            value: name,
            label: why ? `${name} (${why})` : name,
            disabled: why !== null,
          }))}
          value={columns.map(({ name }) => name)}
          onChange={(names) => onChange(readDataSearch({ ...search, columns: names.join(',') }))}
        />
      }
    >
      <Stack gap="md">
        {money.length > 0 && <Mixed names={money.map(({ name }) => name)} currencies={currencies} />}
        {(drawn.length > 0 || money.length === 0) && (
          <Drawn {...props} columns={drawn} currency={currencies[0] ?? null} />
        )}
      </Stack>
    </Card>
  )
}

/** Why money is not drawn. */
const Mixed = ({ names, currencies }: { names: readonly string[]; currencies: readonly string[] }) => (
  <Notice tone="off">
    <Text size="sm">
      {names.join(', ')} {names.length === 1 ? 'is' : 'are'} counted in {currencies.join(', ')}. Choose one advertiser
      above to see {names.length === 1 ? 'it' : 'them'}: a sum over currencies would mean nothing.
    </Text>
  </Notice>
)

const currenciesOf = (advertisers: Advertisers, chosen: string | undefined): readonly string[] => [
  ...new Set(
    [...advertisers.values()].filter(({ id }) => chosen === undefined || id === chosen).map(({ currency }) => currency),
  ),
]

interface DrawnProps extends ChartsProps {
  readonly columns: readonly Column[]
  readonly currency: string | null
}

function Drawn({ warehouse, schema, table, search, columns, currency }: DrawnProps) {
  const { from, to } = daysShown(search, todayAt(Date.now()))
  const series = useQuery(
    askedQuery<Series>(
      `/warehouses/${encodeURIComponent(warehouse)}/series`,
      {
        schema,
        table: table.name,
        columns: columns.map(({ name }) => name),
        from,
        to,
        ...(search.advertiser ? { advertiserId: search.advertiser } : {}),
      },
      columns.length > 0,
    ),
  )
  if (columns.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        Choose a figure that can be added up by day
      </Text>
    )
  }
  return (
    <Answer query={series}>
      {(found) => (
        <div className={styles['charts']}>
          {columns.map((column) => (
            <Suspense key={column.name} fallback={<Skeleton height={180} />}>
              <DayChart
                series={found}
                column={column}
                unit={column.type === 'money' ? (currency ?? 'account currency') : null}
              />
            </Suspense>
          ))}
        </div>
      )}
    </Answer>
  )
}
