import { Switch, Table, Text } from '@mantine/core'
import { Fragment, type ReactNode } from 'react'
import type { StreamState } from '../../../src/server/contract_streams.ts'
import { briefCount, count } from '../parts/amounts.ts'
import { Chip } from '../parts/chip.tsx'
import { dayText, shortDay } from '../parts/days.ts'
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

const COLUMNS = 11

/** Every stream of a connection: how it stands, what it read, and up to when. */
export function StreamsTable({ sync, streams, pending, onSwitch }: StreamsTableProps) {
  return (
    <Table.ScrollContainer minWidth={1000} type="native">
      <Table horizontalSpacing={7} className={styles['table']!}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>On</Table.Th>
            <Table.Th>Stream</Table.Th>
            <Table.Th>State</Table.Th>
            <Table.Th>Through</Table.Th>
            <Table.Th>Window</Table.Th>
            <Table.Th ta="right">Read</Table.Th>
            <Table.Th ta="right">New</Table.Th>
            <Table.Th ta="right">Changed</Table.Th>
            <Table.Th ta="right">Removed</Table.Th>
            <Table.Th ta="right">Stored</Table.Th>
            <Table.Th>Schema</Table.Th>
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
        <Switch
          size="xs"
          checked={stream.isOn}
          disabled={pending}
          onChange={(change) => onSwitch(stream.stream, change.currentTarget.checked)}
          aria-label={`${stream.stream} is on`}
        />
      </Table.Td>
      <Table.Td>
        <TextLink to="/schema" search={{ sync, table: stream.stream }} fw={600} size="sm" data-row>
          {stream.stream}
        </TextLink>
        <Text size="xs" c="dimmed" maw={200} className="wrap">
          {MODE_TEXT[stream.mode]} · {stream.key.join(', ')}
        </Text>
      </Table.Td>
      <Table.Td maw={190}>
        <Chip status={STREAM[stream.state]} title={stream.because ?? undefined} />
        {stream.lastRunAt !== null && (
          <Text size="xs" c="dimmed" mt={2} title={tookText(stream.lastRunMs)}>
            read <TimeAgo at={stream.lastRunAt} />
          </Text>
        )}
        {stream.because && (
          <Text size="xs" c="dimmed" mt={2} lineClamp={2} className="wrap" title={stream.because}>
            {stream.because}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <DataThrough through={stream.through} brief />
      </Table.Td>
      <Table.Td className="nowrap" title={stream.window ? windowTitle(stream.window) : undefined}>
        {stream.window ? windowText(stream.window) : hasRun ? 'all there is' : '–'}
      </Table.Td>
      <Amount shown={hasRun} title={`${count(stream.read)}, of which ${count(stream.same)} unchanged`}>
        {stream.read}
      </Amount>
      <Amount shown={hasRun}>{stream.added}</Amount>
      <Amount shown={hasRun}>{stream.changed}</Amount>
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
    </Table.Tr>
  )
}

const tookText = (ms: number | null) => (ms === null ? undefined : `The last run took ${duration(ms)}`)

const windowText = ({ from, to }: { from: string; to: string }) => `${shortDay(from)} – ${shortDay(to)}`

const windowTitle = ({ from, to }: { from: string; to: string }) =>
  `The last run read ${dayText(from)} to ${dayText(to)}, in each advertiser's zone`

interface AmountProps {
  readonly shown: boolean
  readonly title?: string
  readonly children: number
}

const Amount = ({ shown, title, children }: AmountProps): ReactNode => (
  <Table.Td ta="right" className="tabular" title={shown ? (title ?? count(children)) : 'not known yet'}>
    {shown ? briefCount(children) : '–'}
  </Table.Td>
)
