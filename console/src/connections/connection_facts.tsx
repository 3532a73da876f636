import { Group, Paper, Progress, Text } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import type { Run, SyncStreams } from '../../../src/server/contract_streams.ts'
import type { ConnectionSpec, Typed } from '../api/specs.ts'
import { DAILY, scheduleText } from '../connect/schedule.ts'
import { Chip } from '../parts/chip.tsx'
import { Fact, Facts } from '../parts/facts.tsx'
import { RUN } from '../parts/stream_status.ts'
import { TextLink } from '../parts/text_link.tsx'
import { TimeAgo } from '../parts/time_ago.tsx'
import { DataThrough } from './data_through.tsx'
import { dataThrough } from './through.ts'

interface ConnectionFactsProps {
  readonly connection: Typed<ConnectionSpec>
  readonly found: SyncStreams
}

/** From where to where, how complete, and when it runs; a run under way is in front. */
export function ConnectionFacts({ connection: { spec }, found }: ConnectionFactsProps) {
  const isPaused = spec.enabled === false
  return (
    <Paper withBorder p="md" component="section" aria-label="At a glance">
      <Facts>
        <Fact label="From → to">
          <Group gap={6} component="span" wrap="wrap">
            <TextLink to="/accounts/$name" params={{ name: found.account }} search={{}} size="sm" fw={600}>
              {found.account}
            </TextLink>
            <IconArrowRight size={14} aria-label="to" color="var(--muted)" />
            <TextLink to="/warehouses/$name" params={{ name: found.warehouse }} size="sm" fw={600}>
              {found.warehouse}
            </TextLink>
            <Text span size="xs" c="dimmed" className="mono">
              {found.schema}
            </Text>
          </Group>
        </Fact>
        <Fact label="Data through">
          <DataThrough through={dataThrough(found.streams)} />
        </Fact>
        <Fact label="Next run">
          <TimeAgo at={found.nextRunAt} never={isPaused ? 'paused' : 'when told to'} />
        </Fact>
        <Fact label="Schedule">{scheduleText(spec.schedule === undefined ? DAILY : spec.schedule)}</Fact>
        <Fact label="Last run">{found.lastRun ? <LastRun run={found.lastRun} /> : 'never'}</Fact>
        <Fact label="Reads again">the last {spec.backfill_days ?? 30} days</Fact>
      </Facts>
      {found.running && <Running run={found.running} />}
    </Paper>
  )
}

const LastRun = ({ run }: { run: Run }) => (
  <Group gap={6} component="span">
    <Chip status={RUN[run.state]} title={run.reason?.message} />
    <TextLink to="/runs/$id" params={{ id: run.id }} search={{}} size="sm">
      <TimeAgo at={run.endedAt} />
    </TextLink>
  </Group>
)

function Running({ run }: { run: Run }) {
  const { slices, slicesDone } = run.counts
  const share = slices === 0 ? 0 : (100 * slicesDone) / slices
  return (
    <Group gap="md" mt="md" role="status">
      <Chip status={RUN[run.state]} />
      <Progress
        value={share}
        flex="1 1 160px"
        size={8}
        aria-label={`${Math.round(share)} % done`}
        color="var(--busy)"
      />
      <Text size="sm" className="tabular">
        {slicesDone} of {slices} slices
      </Text>
      <TextLink to="/runs/$id" params={{ id: run.id }} search={{}} size="sm">
        Watch the run
      </TextLink>
    </Group>
  )
}
