import { Switch, Table, Text } from '@mantine/core'
import { Fragment, type ReactNode } from 'react'
import type { StreamState } from '../../../src/server/contract_streams.ts'
import { briefCount, count } from '../parts/amounts.ts'
import { Chip } from '../parts/chip.tsx'
import { dayText, rangeText } from '../parts/days.ts'
import { duration } from '../parts/figures.ts'
import { STREAM } from '../parts/stream_status.ts'
import { TextLink } from '../parts/text_link.tsx'
import { TimeAgo } from '../parts/time_ago.tsx'
import { GROUP_TITLE, MODE_TEXT, TABLE_GROUPS } from '../schema/words.ts'
import { DataThrough } from './data_through.tsx'
import styles from './streams_table.module.css'

interface StreamsTableProps {
  readonly sync: string
  readonly streams: readonly StreamState[]
  readonly pending: boolean
  readonly onSwitch: (stream: string, isOn: boolean) => void
}

const COLUMNS = 13

/** Every stream of a connection: how it stands, what it read, and up to when. */
export function StreamsTable({ sync, streams, pending, onSwitch }: StreamsTableProps) {
  return (
    <Table.ScrollContainer minWidth={1240} type="native">
      <Table horizontalSpacing="sm" className={styles['table']!}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Stream</Table.Th>
            <Table.Th>State</Table.Th>
            <Table.Th>Freshness</Table.Th>
            <Table.Th>Data through</Table.Th>
            <Table.Th>Window</Table.Th>
            <Table.Th ta="right">Read</Table.Th>
            <Table.Th ta="right">New</Table.Th>
            <Table.Th ta="right">Changed</Table.Th>
            <Table.Th ta="right">Unchanged</Table.Th>
            <Table.Th ta="right">Removed</Table.Th>
            <Table.Th ta="right">Rows stored</Table.Th>
            <Table.Th>Schema</Table.Th>
            <Table.Th ta="center">On</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {TABLE_GROUPS.map((group) => {
            const own = streams.filter((stream) => stream.group === group)
            if (own.length === 0) return null
            return (
              <Fragment key={group}>
                <Table.Tr className={styles['group']!}>
                  <Table.Th colSpan={COLUMNS} scope="colgroup">
                    {GROUP_TITLE[group]}
                  </Table.Th>
                </Table.Tr>
                {own.map((stream) => (
                  <StreamRow key={stream.stream} {...{ sync, stream, pending, onSwitch }} />
                ))}
              </Fragment>
            )
          })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

interface StreamRowProps extends Omit<StreamsTableProps, 'streams'> {
  readonly stream: StreamState
}

function StreamRow({ sync, stream, pending, onSwitch }: StreamRowProps) {
  const hasRun = stream.lastRunAt !== null
  return (
    <Table.Tr>
      <Table.Td>
        <TextLink to="/schema" search={{ sync, table: stream.stream }} fw={600} size="sm" data-row>
          {stream.stream}
        </TextLink>
        <Text size="xs" c="dimmed" maw={260} className="wrap">
          {MODE_TEXT[stream.mode]} · {stream.key.join(', ')}
        </Text>
      </Table.Td>
      <Table.Td maw={230}>
        <Chip status={STREAM[stream.state]} title={stream.because ?? undefined} />
        {stream.because && (
          <Text size="xs" c="dimmed" mt={2} lineClamp={2} className="wrap" title={stream.because}>
            {stream.because}
          </Text>
        )}
      </Table.Td>
      <Table.Td className="nowrap">
        <TimeAgo at={stream.lastRunAt} />
        {stream.lastRunMs !== null && (
          <Text size="xs" c="dimmed">
            took {duration(stream.lastRunMs)}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <DataThrough through={stream.through} />
      </Table.Td>
      <Table.Td className="nowrap" title={stream.window ? windowTitle(stream.window) : undefined}>
        {stream.window ? rangeText(stream.window) : hasRun ? 'All there is' : '–'}
      </Table.Td>
      <Amount shown={hasRun}>{stream.read}</Amount>
      <Amount shown={hasRun}>{stream.added}</Amount>
      <Amount shown={hasRun}>{stream.changed}</Amount>
      <Amount shown={hasRun}>{stream.same}</Amount>
      <Amount shown={hasRun}>{stream.removed}</Amount>
      <Amount shown={stream.rowsStored !== null}>{stream.rowsStored ?? 0}</Amount>
      <Table.Td className="nowrap">
        {stream.schemaChanges > 0 ? (
          <TextLink to="/schema-changes" search={{ sync, table: stream.stream }} size="sm">
            {stream.schemaChanges} to review
          </TextLink>
        ) : (
          <Text size="sm" c="dimmed">
            –
          </Text>
        )}
      </Table.Td>
      <Table.Td ta="center">
        <Switch
          size="xs"
          checked={stream.isOn}
          disabled={pending}
          onChange={(change) => onSwitch(stream.stream, change.currentTarget.checked)}
          aria-label={`${stream.stream} is on`}
        />
      </Table.Td>
    </Table.Tr>
  )
}

const windowTitle = ({ from, to }: { from: string; to: string }) =>
  `The last run read ${dayText(from)} to ${dayText(to)}, in each advertiser's zone`

const Amount = ({ shown, children }: { shown: boolean; children: number }): ReactNode => (
  <Table.Td ta="right" className="tabular" title={shown ? count(children) : 'not known yet'}>
    {shown ? briefCount(children) : '–'}
  </Table.Td>
)
