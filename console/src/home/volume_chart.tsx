import '@mantine/charts/styles.css'
import { AreaChart } from '@mantine/charts'
import type { VolumePoint } from '../../../src/server/contract.ts'
import { count } from '../parts/amounts.ts'

const SERIES = [
  { name: 'accepted', label: 'Accepted', color: 'var(--busy)' },
  { name: 'delivered', label: 'Delivered', color: 'var(--good)' },
  { name: 'dead', label: 'Dead', color: 'var(--bad)' },
]

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })

/** The drawing itself; fetched with the charting library. */
export function VolumeChart({ points, height }: { points: readonly VolumePoint[]; height: number }) {
  return (
    <AreaChart
      h={height}
      data={points.map((point) => ({ ...point, minute: clock.format(point.at) }))}
      dataKey="minute"
      series={SERIES}
      curveType="monotone"
      withDots={false}
      strokeWidth={1.8}
      fillOpacity={0.12}
      tickLine="none"
      gridAxis="x"
      strokeDasharray="2 4"
      valueFormatter={count}
      xAxisProps={{ minTickGap: 48 }}
      yAxisProps={{ width: 52, allowDecimals: false }}
      areaChartProps={{ margin: { top: 4, right: 4, bottom: 0, left: 0 } }}
    />
  )
}
