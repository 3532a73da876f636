import '@mantine/charts/styles.css'
import { AreaChart } from '@mantine/charts'
import { Group, Text } from '@mantine/core'
import type { Column, Series } from '../../../src/server/contract_streams.ts'

import { rangeText, shortDay } from '../parts/days.ts'
import { addDecimals } from '../parts/decimals.ts'
import { cellText } from '../parts/figures.ts'

interface DayChartProps {
  readonly series: Series
  readonly column: Column
  /** What it is counted in, such as a currency; null for plain counts. */
  readonly unit: string | null
}

const SHORT = new Intl.NumberFormat('en-GB', { notation: 'compact', maximumFractionDigits: 1 })

/** One figure by day. A day without a value is a gap: not known, which is not 0. Fetched with the charting library. */
export function DayChart({ series: { days }, column, unit }: DayChartProps) {
  const { name, type } = column
  const values = days.map(({ day, values: by }) => ({ day, value: by[name] ?? null }))
  const known = values.flatMap(({ value }) => value ?? [])
  const total = known.length === 0 ? null : known.reduce(addDecimals)
  const text = total === null ? '–' : `${cellText(total, type)}${unit ? ` ${unit}` : ''}`
  const range = days.length > 0 ? rangeText({ from: days[0]!.day, to: days.at(-1)!.day }) : ''
  return (
    <figure style={{ margin: 0, minWidth: 0 }} aria-label={`${name} by day, ${range}: ${text} in all`}>
      <Group justify="space-between" gap="xs" mb={4} wrap="nowrap">
        <Text size="sm" fw={600} className="wrap" title={column.about}>
          {name}
        </Text>
        <Text size="sm" className="tabular nowrap">
          {text}
        </Text>
      </Group>
      <AreaChart
        h={150}
        data={values.map(({ day, value }) => ({ day: shortDay(day), [name]: value === null ? null : Number(value) }))}
        dataKey="day"
        series={[{ name, color: 'var(--mantine-primary-color-filled)' }]}
        curveType="linear"
        withDots={values.length < 3}
        connectNulls={false}
        strokeWidth={1.8}
        fillOpacity={0.12}
        tickLine="none"
        gridAxis="x"
        strokeDasharray="2 4"
        valueFormatter={(value) => `${cellText(String(value), type)}${unit ? ` ${unit}` : ''}`}
        xAxisProps={{ minTickGap: 40 }}
        yAxisProps={{ width: 44, tickFormatter: (value: number) => SHORT.format(value) }}
        areaChartProps={{ margin: { top: 4, right: 4, bottom: 0, left: 0 } }}
      />
    </figure>
  )
}
