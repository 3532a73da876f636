import { Table, Text } from '@mantine/core'
import type { SyncState } from '../../../src/server/contract.ts'
import { briefCount } from '../parts/amounts.ts'
import { HealthChip } from '../parts/chip.tsx'
import { TextLink } from '../parts/text_link.tsx'
import { TimeAgo } from '../parts/time_ago.tsx'

/** Every sync with its state and its own books. */
export function SyncTable({ syncs }: { syncs: readonly SyncState[] }) {
  return (
    <Table.ScrollContainer minWidth={720} type="native">
      <Table highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Sync</Table.Th>
            <Table.Th>State</Table.Th>
            <Table.Th ta="right">Delivered</Table.Th>
            <Table.Th ta="right">Pending</Table.Th>
            <Table.Th ta="right">Dead</Table.Th>
            <Table.Th>Last delivered</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {syncs.map((sync) => (
            <SyncRow key={sync.name} sync={sync} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

function SyncRow({ sync }: { sync: SyncState }) {
  return (
    <Table.Tr>
      <Table.Td maw={320}>
        <TextLink to="/mappings/$sync" params={{ sync: sync.name }} fw={600} size="sm" className="wrap" data-row>
          {sync.name}
        </TextLink>
        <Text size="xs" c="dimmed" className="wrap">
          {sync.source} → {sync.destination}
        </Text>
      </Table.Td>
      <Table.Td>
        <HealthChip health={sync.health} because={sync.because} />
        <Text size="xs" c="dimmed" mt={2} maw={280} lineClamp={2} title={sync.because}>
          {sync.because}
          {sync.retryAt !== null && (
            <>
              {' '}
              Next try <TimeAgo at={sync.retryAt} />
            </>
          )}
        </Text>
      </Table.Td>
      <Amount amount={sync.books.delivered} />
      <Amount amount={sync.books.pending} />
      <Amount amount={sync.books.dead} bad />
      <Table.Td>
        <TimeAgo at={sync.lastDeliveredAt} />
      </Table.Td>
    </Table.Tr>
  )
}

const Amount = ({ amount, bad = false }: { amount: number; bad?: boolean }) => (
  <Table.Td ta="right" className="tabular" {...(bad && amount > 0 ? { c: 'var(--bad-fg)', fw: 600 } : {})}>
    {briefCount(amount)}
  </Table.Td>
)
