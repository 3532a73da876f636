import { Badge, Button, Group, Select, Table, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconChevronDown, IconChevronRight, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import type { RunSlice } from '../../../src/server/contract_streams.ts'
import type { Advertisers } from '../api/advertisers.ts'
import { count } from '../parts/amounts.ts'
import { Chip } from '../parts/chip.tsx'
import { rangeText } from '../parts/days.ts'
import { duration } from '../parts/figures.ts'
import { Card } from '../parts/page.tsx'
import { SLICE } from '../parts/stream_status.ts'
import { readSliceFilters, SLICE_STATES, type SliceFilters } from './filters.ts'
import { sliceKey, worstFirst } from './heat.ts'
import { SliceDetail } from './slice_detail.tsx'

interface SliceTableProps {
  readonly slices: readonly RunSlice[]
  readonly advertisers: Advertisers
  readonly filters: SliceFilters
  readonly onFilter: (filters: SliceFilters) => void
}

// More rows than this are drawn only when asked for.
const SHOWN = 40
const COLUMNS = 10

/** The slices of a run as a table, those first that need a person; each opens to what it met. */
export function SliceTable({ slices, advertisers, filters, onFilter }: SliceTableProps) {
  const [all, { open: showAll }] = useDisclosure(false)
  const found = worstFirst(slices.filter((slice) => matches(slice, filters)))
  const shown = all ? found : found.slice(0, SHOWN)
  return (
    <Card title="Slices" flush aside={<SliceFilterBar slices={slices} {...{ advertisers, filters, onFilter }} />}>
      <Table.ScrollContainer minWidth={980} type="native">
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Stream</Table.Th>
              <Table.Th>Advertiser</Table.Th>
              <Table.Th>Days</Table.Th>
              <Table.Th>State</Table.Th>
              <Table.Th ta="right">Read</Table.Th>
              <Table.Th ta="right">New</Table.Th>
              <Table.Th ta="right">Changed</Table.Th>
              <Table.Th ta="right">Removed</Table.Th>
              <Table.Th ta="right">Calls</Table.Th>
              <Table.Th ta="right">Took</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map((slice) => (
              <SliceRow key={sliceKey(slice)} slice={slice} advertisers={advertisers} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {found.length === 0 && (
        <Text size="sm" c="dimmed" p="md">
          No slice is like that
        </Text>
      )}
      {found.length > shown.length && (
        <Button variant="subtle" fullWidth onClick={showAll}>
          Show all {count(found.length)} slices
        </Button>
      )}
    </Card>
  )
}

const matches = (slice: RunSlice, { state, stream, advertiser }: SliceFilters): boolean =>
  (!state || slice.state === state) &&
  (!stream || slice.stream === stream) &&
  (!advertiser || slice.advertiserId === advertiser)

function SliceFilterBar({ slices, advertisers, filters, onFilter }: SliceTableProps) {
  const set = (change: { readonly [K in keyof SliceFilters]: string | null }) =>
    onFilter(readSliceFilters({ ...filters, ...change }))
  const streams = [...new Set(slices.map(({ stream }) => stream))]
  const ids = [...new Set(slices.map(({ advertiserId }) => advertiserId))]
  return (
    <Group gap="xs">
      <Select
        aria-label="State"
        placeholder="Any state"
        size="xs"
        w={140}
        clearable
        data={SLICE_STATES.map((value) => ({ value, label: SLICE[value].word }))}
        value={filters.state ?? null}
        onChange={(state) => set({ state })}
      />
      <Select
        aria-label="Stream"
        placeholder="Any stream"
        size="xs"
        w={190}
        clearable
        searchable
        data={streams}
        value={filters.stream ?? null}
        onChange={(stream) => set({ stream })}
      />
      <Select
        aria-label="Advertiser"
        placeholder="Any advertiser"
        size="xs"
        w={170}
        clearable
        data={ids.map((value) => ({ value, label: advertisers.get(value)?.name ?? value }))}
        value={filters.advertiser ?? null}
        onChange={(advertiser) => set({ advertiser })}
      />
      {Object.keys(filters).length > 0 && (
        <Button variant="subtle" color="gray" size="xs" leftSection={<IconX size={14} />} onClick={() => onFilter({})}>
          Clear
        </Button>
      )}
    </Group>
  )
}

function SliceRow({ slice, advertisers }: { slice: RunSlice; advertisers: Advertisers }) {
  const [opened, setOpened] = useState(false)
  const Arrow = opened ? IconChevronDown : IconChevronRight
  const took = slice.startedAt !== null && slice.endedAt !== null ? duration(slice.endedAt - slice.startedAt) : '–'
  return (
    <>
      <Table.Tr>
        <Table.Td>
          <Button
            variant="transparent"
            color="gray"
            size="compact-sm"
            p={0}
            c="inherit"
            leftSection={<Arrow size={14} aria-hidden />}
            aria-expanded={opened}
            onClick={() => setOpened(!opened)}
            data-row
          >
            {slice.stream}
          </Button>
        </Table.Td>
        <Table.Td maw={220}>
          <Text size="sm" truncate title={slice.advertiserId}>
            {advertisers.get(slice.advertiserId)?.name ?? slice.advertiserId}
          </Text>
        </Table.Td>
        <Table.Td className="nowrap">{slice.days ? rangeText(slice.days) : 'All there is'}</Table.Td>
        <Table.Td>
          <Group gap={4} miw={150}>
            <Chip status={SLICE[slice.state]} title={slice.reason?.message} />
            <Marks slice={slice} />
          </Group>
        </Table.Td>
        {[slice.read, slice.added, slice.changed, slice.removed, slice.calls].map((amount, position) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the columns never move
          <Table.Td key={position} ta="right" className="tabular">
            {slice.startedAt === null ? '–' : count(amount)}
          </Table.Td>
        ))}
        <Table.Td ta="right" className="tabular nowrap">
          {took}
        </Table.Td>
      </Table.Tr>
      {opened && (
        <Table.Tr>
          <Table.Td colSpan={COLUMNS} bg="var(--page)">
            <SliceDetail slice={slice} />
          </Table.Td>
        </Table.Tr>
      )}
    </>
  )
}

/** What a slice met on its way, as small words. */
function Marks({ slice }: { slice: RunSlice }) {
  const words = [
    slice.retries > 0 && `${slice.retries} ${slice.retries === 1 ? 'retry' : 'retries'}`,
    slice.waitedMs > 0 && `waited ${duration(slice.waitedMs)}`,
    slice.truncated && 'cut short',
    slice.metricsDropped.length > 0 && `${slice.metricsDropped.length} dropped`,
  ].filter((word) => word !== false)
  return words.map((word) => (
    <Badge key={word} size="sm" variant="default" radius="sm" tt="none" fw={500}>
      {word}
    </Badge>
  ))
}
