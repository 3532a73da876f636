import { Group, Skeleton, Text } from '@mantine/core'
import { lazy, Suspense } from 'react'
import type { VolumePoint } from '../../../src/server/contract.ts'
import { count } from '../parts/amounts.ts'
import { Card } from '../parts/page.tsx'

const HEIGHT = 220

// The charting library is fetched after the page stands.
const Chart = lazy(async () => ({ default: (await import('./volume_chart.tsx')).VolumeChart }))

/** Accepted, delivered and dead events, minute by minute, over the last hour. */
export function Volume({ points }: { points: readonly VolumePoint[] }) {
  const total = (line: 'accepted' | 'delivered' | 'dead') => points.reduce((sum, point) => sum + point[line], 0)
  const legend = `${count(total('accepted'))} accepted, ${count(total('delivered'))} delivered, ${count(total('dead'))} dead`
  return (
    <Card
      title="Last hour"
      aside={
        <Group gap="md">
          <Key colour="var(--busy)" label={`Accepted ${count(total('accepted'))}`} />
          <Key colour="var(--good)" label={`Delivered ${count(total('delivered'))}`} />
          <Key colour="var(--bad)" label={`Dead ${count(total('dead'))}`} />
        </Group>
      }
    >
      <div role="img" aria-label={`Events in the last hour: ${legend}`}>
        <Suspense fallback={<Skeleton height={HEIGHT} />}>
          <Chart points={points} height={HEIGHT} />
        </Suspense>
      </div>
    </Card>
  )
}

const Key = ({ colour, label }: { colour: string; label: string }) => (
  <Text size="xs" c="dimmed" className="tabular">
    <span
      style={{
        display: 'inline-block',
        width: 12,
        height: 3,
        borderRadius: 2,
        background: colour,
        marginRight: 6,
        verticalAlign: 3,
      }}
    />
    {label}
  </Text>
)
