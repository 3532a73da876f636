import { Button, Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { IconArrowRight, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Home, StreamSyncState } from '../../../src/server/contract.ts'
import { syncStreamsQuery } from '../api/stream_queries.ts'
import { DataThrough } from '../connections/data_through.tsx'
import { dataThrough } from '../connections/through.ts'
import { HealthChip } from '../parts/chip.tsx'
import { Fact, Facts } from '../parts/facts.tsx'
import { TextLink } from '../parts/text_link.tsx'
import { TimeAgo } from '../parts/time_ago.tsx'

/** The second road: a card for each connection, or the way to the first. */
export function WarehouseRoad({ syncs }: { syncs: Home['streamSyncs'] }) {
  if (syncs.length === 0) return <FirstConnection />
  return (
    <Stack gap="sm" component="section" aria-label="TikTok to warehouse">
      <Title order={2}>TikTok → warehouse</Title>
      <SimpleGrid cols={{ base: 1, md: 2, xl: 3 }} spacing="md">
        {syncs.map((sync) => (
          <ConnectionCard key={sync.name} sync={sync} />
        ))}
      </SimpleGrid>
    </Stack>
  )
}

function ConnectionCard({ sync }: { sync: StreamSyncState }) {
  const { data: streams } = useQuery(syncStreamsQuery(sync.name))
  return (
    <Paper withBorder p="md" component="article" aria-label={sync.name}>
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start" wrap="nowrap">
          <div style={{ minWidth: 0 }}>
            <TextLink
              to="/connections/$name"
              params={{ name: sync.name }}
              search={{}}
              fw={650}
              className="wrap"
              data-row
            >
              {sync.name}
            </TextLink>
            <Group gap={4} c="dimmed" wrap="nowrap">
              <Text size="xs" className="wrap">
                {sync.account}
              </Text>
              <IconArrowRight size={12} aria-label="to" style={{ flex: 'none' }} />
              <Text size="xs" className="wrap">
                {sync.warehouse}, {sync.schema}
              </Text>
            </Group>
          </div>
          <HealthChip health={sync.health} because={sync.because} />
        </Group>
        <Text size="sm" c="dimmed" className="wrap" lineClamp={2} title={sync.because}>
          {sync.because}
        </Text>
        <Facts>
          <Fact label="Data through">{streams ? <DataThrough through={dataThrough(streams.streams)} /> : '–'}</Fact>
          <Fact label="Complete as of">
            <TimeAgo at={sync.freshAt} never="not yet" />
          </Fact>
          <Fact label="Next run">
            {sync.isRunning ? (
              <Running sync={sync} run={streams?.running?.id} />
            ) : (
              <TimeAgo at={sync.nextRunAt} never="–" />
            )}
          </Fact>
        </Facts>
      </Stack>
    </Paper>
  )
}

const Running = ({ sync, run }: { sync: StreamSyncState; run: string | undefined }) =>
  run ? (
    <TextLink to="/runs/$id" params={{ id: run }} search={{}} size="sm" fw={600}>
      running now
    </TextLink>
  ) : (
    <TextLink to="/connections/$name" params={{ name: sync.name }} search={{}} size="sm" fw={600}>
      running now
    </TextLink>
  )

const FirstConnection = () => (
  <Paper withBorder p="md" component="section" aria-label="TikTok to warehouse">
    <Group justify="space-between" gap="md">
      <div style={{ flex: '1 1 320px' }}>
        <Title order={2}>TikTok → warehouse</Title>
        <Text size="sm" c="dimmed">
          Campaigns, ads and their figures as tables of yours, with history. Nothing is read before you say so.
        </Text>
      </div>
      <Button variant="light" component={Link} to="/connect" leftSection={<IconPlus size={16} />}>
        Connect a warehouse
      </Button>
    </Group>
  </Paper>
)
