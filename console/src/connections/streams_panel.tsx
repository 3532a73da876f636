import { Button, Group, SegmentedControl, Select, Text, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconSearch, IconX } from '@tabler/icons-react'
import type { SyncStreams } from '../../../src/server/contract_streams.ts'
import { useSave } from '../api/changes.ts'
import type { ConnectionSpec, Typed } from '../api/specs.ts'
import { Failure } from '../parts/failure.tsx'
import { Card } from '../parts/page.tsx'
import { STREAM } from '../parts/stream_status.ts'
import { chosenStreams, readStreamFilters, STREAM_WORDS, type StreamFilters } from './filters.ts'
import { StreamsTable } from './streams_table.tsx'

interface StreamsPanelProps {
  readonly connection: Typed<ConnectionSpec>
  readonly found: SyncStreams
  readonly filters: StreamFilters
  readonly onFilter: (filters: StreamFilters) => void
}

/** The streams of a connection, to be narrowed, and switched on and off in place. */
export function StreamsPanel({ connection, found, filters, onFilter }: StreamsPanelProps) {
  const save = useSave('sync')
  const shown = chosenStreams(found.streams, filters)
  const turn = (stream: string, isOn: boolean) => {
    const on = found.streams.filter((one) => (one.stream === stream ? isOn : one.isOn)).map((one) => one.stream)
    const { name, spec } = connection
    save.mutate(
      { name, spec: { ...spec, from: { ...spec.from, streams: on } } },
      { onSuccess: () => notifications.show({ message: `${stream} is ${isOn ? 'on' : 'off'} from the next run on` }) },
    )
  }
  return (
    <>
      <FilterBar found={found} filters={filters} onFilter={onFilter} />
      <Failure error={save.error} />
      <Card flush>
        <StreamsTable sync={found.sync} streams={shown} pending={save.isPending} onSwitch={turn} />
        {shown.length === 0 && (
          <Text size="sm" c="dimmed" p="md">
            No stream is like that
          </Text>
        )}
      </Card>
    </>
  )
}

function FilterBar({ found, filters, onFilter }: Omit<StreamsPanelProps, 'connection'>) {
  const on = found.streams.filter(({ isOn }) => isOn).length
  const set = (change: { readonly [K in keyof StreamFilters]: string | null }) =>
    onFilter(readStreamFilters({ ...filters, ...change }))
  return (
    <Group gap="xs" mb="sm" role="search" aria-label="Filter streams">
      <TextInput
        aria-label="Search"
        placeholder="Stream"
        leftSection={<IconSearch size={15} />}
        w={{ base: '100%', xs: 220 }}
        value={filters.q ?? ''}
        onChange={(change) => set({ q: change.currentTarget.value })}
        data-search
      />
      <SegmentedControl
        size="xs"
        aria-label="Which streams"
        data={[
          { value: 'on', label: `On ${on}` },
          { value: 'all', label: `All ${found.streams.length}` },
        ]}
        value={filters.show ?? 'on'}
        onChange={(show) => set({ show })}
      />
      <Select
        aria-label="State"
        placeholder="Any state"
        w={180}
        clearable
        data={STREAM_WORDS.map((value) => ({ value, label: STREAM[value].word }))}
        value={filters.state ?? null}
        onChange={(state) => set({ state })}
      />
      {Object.keys(filters).length > 0 && (
        <Button variant="subtle" color="gray" leftSection={<IconX size={14} />} onClick={() => onFilter({})}>
          Clear
        </Button>
      )}
    </Group>
  )
}
