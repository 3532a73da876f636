import { Group, Stack, Switch, Tabs, Tooltip } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { Trace } from '../../../src/server/contract.ts'
import { traceQuery } from '../api/queries.ts'
import { Answer } from '../parts/answer.tsx'
import { VerdictChip } from '../parts/chip.tsx'
import { CopyText } from '../parts/copy.tsx'
import { eventName } from '../parts/event_name.ts'
import { Page } from '../parts/page.tsx'
import type { Verdict } from '../parts/status.ts'
import { TimeAgo } from '../parts/time_ago.tsx'
import { fixtureOf } from './fixture.ts'
import { Resend } from './resend.tsx'
import { SyncPanes } from './sync_panes.tsx'

const REFRESH_MS = 5_000

/** `/events/$id`: one event's whole way, with the reason for each turn. */
export function TraceScreen() {
  const { id } = useParams({ from: '/shell/events/$id' })
  const [reveal, setReveal] = useState(false)
  const trace = useQuery({
    ...traceQuery(Number(id), reveal),
    refetchInterval: ({ state }) => (!reveal && state.data?.standing === 'pending' ? REFRESH_MS : false),
  })
  return <Answer query={trace}>{(found) => <TracePage trace={found} reveal={reveal} onReveal={setReveal} />}</Answer>
}

// Retrying is pending that has failed at least once.
const verdictOfTrace = ({ standing, syncs }: Trace): Verdict =>
  standing === 'pending' && syncs.some(({ deliveries }) => deliveries.some(({ state }) => state === 'retry'))
    ? 'retry'
    : standing

interface TracePageProps {
  readonly trace: Trace
  readonly reveal: boolean
  readonly onReveal: (reveal: boolean) => void
}

function TracePage({ trace, reveal, onReveal }: TracePageProps) {
  return (
    <Page
      title={eventName(trace.event)}
      about={
        <Group gap="xs" mt={4}>
          <VerdictChip verdict={verdictOfTrace(trace)} /> {trace.source} · <TimeAgo at={trace.receivedAt} /> · event{' '}
          {trace.id}
        </Group>
      }
      back={{ to: '/events', label: 'Live events' }}
      actions={
        <>
          <Tooltip label="Each look is written to the audit log">
            <Switch
              label="Reveal personal data"
              size="sm"
              checked={reveal}
              onChange={(change) => onReveal(change.currentTarget.checked)}
            />
          </Tooltip>
          <CopyText value={`${JSON.stringify(fixtureOf(trace), null, 2)}\n`} label="Copy as test fixture" />
          <Resend id={trace.id} />
        </>
      }
    >
      {trace.syncs.length > 1 ? <SyncTabs trace={trace} /> : <SyncPanes trace={trace} sync={trace.syncs[0]} />}
    </Page>
  )
}

const SyncTabs = ({ trace }: { trace: Trace }) => (
  <Tabs defaultValue={trace.syncs[0]!.sync} keepMounted={false}>
    <Tabs.List aria-label="Syncs">
      {trace.syncs.map(({ sync, deliveries }) => (
        <Tabs.Tab key={sync} value={sync}>
          <Group gap={6}>
            {sync} <VerdictChip verdict={deliveries[0]?.state ?? 'pending'} />
          </Group>
        </Tabs.Tab>
      ))}
    </Tabs.List>
    {trace.syncs.map((sync) => (
      <Tabs.Panel key={sync.sync} value={sync.sync} pt="md">
        <Stack gap="md">
          <SyncPanes trace={trace} sync={sync} />
        </Stack>
      </Tabs.Panel>
    ))}
  </Tabs>
)
