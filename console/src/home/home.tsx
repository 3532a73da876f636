import { Grid, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Home } from '../../../src/server/contract.ts'
import { homeQuery } from '../api/queries.ts'
import { Answer } from '../parts/answer.tsx'
import { StatusIcon } from '../parts/chip.tsx'
import { Card, Page } from '../parts/page.tsx'
import { HEALTH } from '../parts/status.ts'
import { TimeAgo } from '../parts/time_ago.tsx'
import { BooksStrip } from './books_strip.tsx'
import { FirstSteps } from './first_steps.tsx'
import { OpenProblems } from './open_problems.tsx'
import { SyncTable } from './sync_table.tsx'
import { Volume } from './volume.tsx'
import { WarehouseRoad } from './warehouse_road.tsx'

/** `/`: the state of both roads at a glance. */
export function HomeScreen() {
  const home = useQuery(homeQuery)
  return (
    <Page title="Home" about="Events to TikTok, and TikTok's reports into your warehouse">
      <Answer query={home} rows={6}>
        {(found) => (
          <Stack gap="lg">
            {isNew(found) ? <FirstSteps counts={found.counts} /> : <EventsRoad home={found} />}
            <WarehouseRoad syncs={found.streamSyncs} />
            {isNew(found) && found.problems.length > 0 && <OpenProblems problems={found.problems} />}
          </Stack>
        )}
      </Answer>
    </Page>
  )
}

// Without a sync nothing can arrive, however much is received.
const isNew = ({ syncs }: Home): boolean => syncs.length === 0

function EventsRoad({ home }: { home: Home }) {
  return (
    <Stack gap="md" component="section" aria-label="Events to TikTok">
      <Title order={2}>Events → TikTok</Title>
      <Hero home={home} />
      <BooksStrip books={home.total} rejected={home.rejected} />
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 8 }}>
          <Volume points={home.volume} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 4 }}>
          <OpenProblems problems={home.problems} />
        </Grid.Col>
      </Grid>
      <Card title="Syncs" flush>
        <SyncTable syncs={home.syncs} />
      </Card>
    </Stack>
  )
}

function Hero({ home }: { home: Home }) {
  const status = HEALTH[home.health]
  return (
    <Paper withBorder p="md" component="section" aria-label="Health">
      <Group justify="space-between" gap="md">
        <Group gap="sm" wrap="nowrap" flex="1 1 320px" miw={0}>
          <StatusIcon status={status} size={34} />
          <div>
            <Text fw={700} size="xl" lh={1.25}>
              {status.word}
            </Text>
            <Text c="dimmed" size="sm" className="wrap">
              {home.because}
            </Text>
          </div>
        </Group>
        <Group gap="xl">
          <Moment label="Last delivered" at={home.lastDeliveredAt} />
          <Moment label="Last received" at={home.lastReceivedAt} />
        </Group>
      </Group>
    </Paper>
  )
}

const Moment = ({ label, at }: { label: string; at: number | null }) => (
  <div>
    <Text size="xs" c="dimmed">
      {label}
    </Text>
    <Text fw={600}>
      <TimeAgo at={at} />
    </Text>
  </div>
)
