import { Progress, Table, Text } from '@mantine/core'
import type { Run } from '../../../src/server/contract_streams.ts'
import { isOver } from '../api/stream_queries.ts'
import { briefCount, count } from '../parts/amounts.ts'
import { Chip } from '../parts/chip.tsx'
import { duration } from '../parts/figures.ts'
import { RUN } from '../parts/stream_status.ts'
import { TextLink } from '../parts/text_link.tsx'
import { TimeAgo, useNow } from '../parts/time_ago.tsx'
import { runText } from './run_kind.ts'

/** Runs, newest first: what was asked, how it went, and what it brought. */
export function RunTable({ runs, withSync }: { runs: readonly Run[]; withSync: boolean }) {
  return (
    <Table.ScrollContainer minWidth={860} type="native">
      <Table highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Run</Table.Th>
            <Table.Th>State</Table.Th>
            {withSync && <Table.Th>Connection</Table.Th>}
            <Table.Th ta="right">Read</Table.Th>
            <Table.Th ta="right">New</Table.Th>
            <Table.Th ta="right">Changed</Table.Th>
            <Table.Th ta="right">Removed</Table.Th>
            <Table.Th ta="right">Calls</Table.Th>
            <Table.Th ta="right">Took</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {runs.map((run) => (
            <RunRow key={run.id} run={run} withSync={withSync} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

function RunRow({ run, withSync }: { run: Run; withSync: boolean }) {
  const { counts } = run
  return (
    <Table.Tr>
      <Table.Td miw={150}>
        <TextLink to="/runs/$id" params={{ id: run.id }} search={{}} fw={600} size="sm" data-row>
          <TimeAgo at={run.createdAt} />
        </TextLink>
        <Text size="xs" c="dimmed">
          {runText(run)}
        </Text>
      </Table.Td>
      <Table.Td maw={300}>
        <RunState run={run} />
      </Table.Td>
      {withSync && (
        <Table.Td className="wrap" miw={130} maw={200}>
          <TextLink to="/connections/$name" params={{ name: run.sync }} search={{}} size="sm">
            {run.sync}
          </TextLink>
        </Table.Td>
      )}
      {[counts.read, counts.added, counts.changed, counts.removed, counts.calls].map((amount, position) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the columns never move
        <Table.Td key={position} ta="right" className="tabular" title={count(amount)}>
          {briefCount(amount)}
        </Table.Td>
      ))}
      <Table.Td ta="right" className="tabular nowrap">
        <Took run={run} />
      </Table.Td>
    </Table.Tr>
  )
}

/** How a run stands: its word, and how far it is or why it ended so. */
export function RunState({ run }: { run: Run }) {
  const { slices, slicesDone } = run.counts
  return (
    <>
      <Chip status={RUN[run.state]} title={run.reason?.message} />
      {run.state === 'running' && slices > 0 && (
        <Progress
          value={(100 * slicesDone) / slices}
          size={4}
          mt={6}
          maw={140}
          aria-label={`${slicesDone} of ${slices} slices`}
        />
      )}
      {run.reason && (
        <Text size="xs" c="dimmed" mt={2} className="wrap" lineClamp={2} title={run.reason.message}>
          {run.reason.message}
        </Text>
      )}
    </>
  )
}

/** How long a run took, or takes by now. */
export function Took({ run }: { run: Run }) {
  const now = useNow()
  if (run.startedAt === null) return '–'
  return duration(Math.max(0, (isOver(run) ? run.endedAt! : now) - run.startedAt))
}
