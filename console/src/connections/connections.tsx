import { Button, Table, Text } from '@mantine/core'
import { IconArrowsExchange, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Resource } from '../../../src/server/contract.ts'
import { connectionsQuery } from '../api/queries.ts'
import { type ConnectionSpec, typed } from '../api/specs.ts'
import { syncStreamsQuery } from '../api/stream_queries.ts'
import { DAILY, scheduleText } from '../connect/schedule.ts'
import { Answer } from '../parts/answer.tsx'
import { HealthChip } from '../parts/chip.tsx'
import { Empty } from '../parts/empty.tsx'
import { Card, Page } from '../parts/page.tsx'
import { TextLink } from '../parts/text_link.tsx'
import { TimeAgo } from '../parts/time_ago.tsx'
import { DataThrough } from './data_through.tsx'
import { dataThrough } from './through.ts'

/** `/connections`: the syncs that fill warehouse tables. */
export function ConnectionsScreen() {
  const connections = useQuery(connectionsQuery)
  const isEmpty = connections.data?.length === 0
  return (
    <Page
      title="Connections"
      about="Each keeps tables of a warehouse as TikTok has them"
      actions={isEmpty ? null : <ConnectButton />}
    >
      <Answer query={connections}>
        {(found) => (found.length === 0 ? <NoConnection /> : <ConnectionTable connections={found} />)}
      </Answer>
    </Page>
  )
}

const ConnectButton = () => (
  <Button component={Link} to="/connect" leftSection={<IconPlus size={16} />}>
    New connection
  </Button>
)

/** What stands where connections would be. */
export const NoConnection = () => (
  <Empty icon={IconArrowsExchange} title="No connection yet" action={<ConnectButton />}>
    Sign in with TikTok, choose the tables, and they stand in a DuckDB file or in your database, with their history.
  </Empty>
)

/** Connections with their state, their data and their next run. */
export const ConnectionTable = ({ connections }: { connections: readonly Resource[] }) => (
  <Card flush>
    <Table.ScrollContainer minWidth={860} type="native">
      <Table highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Connection</Table.Th>
            <Table.Th>State</Table.Th>
            <Table.Th>Data through</Table.Th>
            <Table.Th ta="right">Streams on</Table.Th>
            <Table.Th>Last run</Table.Th>
            <Table.Th>Next run</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {connections.map((connection) => (
            <ConnectionRow key={connection.name} connection={connection} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  </Card>
)

function ConnectionRow({ connection }: { connection: Resource }) {
  const { data } = useQuery(syncStreamsQuery(connection.name))
  const { from, to, schedule } = typed<ConnectionSpec>(connection).spec
  const { health, because } = data ?? connection.state
  return (
    <Table.Tr>
      <Table.Td maw={280}>
        <TextLink
          to="/connections/$name"
          params={{ name: connection.name }}
          search={{}}
          fw={600}
          className="wrap"
          data-row
        >
          {connection.name}
        </TextLink>
        <Text size="xs" c="dimmed" className="wrap">
          {from.account} → {to.warehouse}, {to.schema ?? 'tiktok_ads'}
        </Text>
      </Table.Td>
      <Table.Td maw={280}>
        <HealthChip health={health} because={because} />
        <Text size="xs" c="dimmed" mt={2} lineClamp={2} className="wrap" title={because}>
          {because}
        </Text>
      </Table.Td>
      <Table.Td>{data ? <DataThrough through={dataThrough(data.streams)} /> : '–'}</Table.Td>
      <Table.Td ta="right" className="tabular">
        {data ? data.streams.filter(({ isOn }) => isOn).length : '–'}
      </Table.Td>
      <Table.Td className="nowrap">
        {data?.running ? (
          <TextLink to="/runs/$id" params={{ id: data.running.id }} search={{}} size="sm">
            running now
          </TextLink>
        ) : (
          <TimeAgo at={data?.lastRun?.endedAt ?? null} />
        )}
      </Table.Td>
      <Table.Td className="nowrap">
        <TimeAgo at={data?.nextRunAt ?? null} never="–" />
        <Text size="xs" c="dimmed">
          {scheduleText(schedule === undefined ? DAILY : schedule)}
        </Text>
      </Table.Td>
    </Table.Tr>
  )
}
