import { Alert, MultiSelect, Skeleton, Text } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import type { Column, Series, Table } from '../../../src/server/contract_streams.ts'
import type { Advertisers } from '../api/advertisers.ts'
import { askedQuery } from '../api/stream_queries.ts'
import { Answer } from '../parts/answer.tsx'
import { addDays, isDay, todayAt } from '../parts/days.ts'
import { Card } from '../parts/page.tsx'
import { chartables, chartedColumns } from './chartable.ts'
import styles from './data.module.css'
import { type DataSearch, readDataSearch } from './search.ts'

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
// Without days of one's own.
const FIRST_DAYS = 30

const DayChart = lazy(async () => ({ default: (await import('./day_chart.tsx')).DayChart }))

/** Figures by day, each in a chart of its own, since they have scales of their own. */
export function Charts(props: ChartsProps) {
  const { table, advertisers, search, onChange } = props
  const columns = chartedColumns(table, search.columns)
  const currencies = currenciesOf(advertisers, search.advertiser)
  const mixed = currencies.length > 1 && columns.some(({ type }) => type === 'money')
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
      {mixed ? (
        <Alert color="gray" variant="light" icon={<IconInfoCircle size={16} />} p="xs">
          <Text size="sm">
            Money is counted in {currencies.join(', ')}. Choose one advertiser above: a sum over currencies would mean
            nothing.
          </Text>
        </Alert>
      ) : (
        <Drawn {...props} columns={columns} currency={currencies[0] ?? null} />
      )}
    </Card>
  )
}

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
  const to = search.to && isDay(search.to) ? search.to : todayAt(Date.now())
  const from = search.from && isDay(search.from) ? search.from : addDays(to, 1 - FIRST_DAYS)
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
