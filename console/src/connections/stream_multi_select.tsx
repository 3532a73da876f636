import { MultiSelect } from '@mantine/core'
import type { StreamState } from '../../../src/server/contract_streams.ts'
import { GROUP_TITLE, TABLE_GROUPS } from '../schema/words.ts'

interface StreamMultiSelectProps {
  readonly streams: readonly StreamState[]
  readonly value: readonly string[]
  readonly onChange: (streams: readonly string[]) => void
  readonly description: string
}

/** Chooses among the streams that are on; none means all of them. */
export function StreamMultiSelect({ streams, value, onChange, description }: StreamMultiSelectProps) {
  const on = streams.filter(({ isOn }) => isOn)
  const data = TABLE_GROUPS.map((group) => ({
    group: GROUP_TITLE[group],
    items: on.filter((stream) => stream.group === group).map(({ stream }) => stream),
  })).filter(({ items }) => items.length > 0)
  return (
    <MultiSelect
      label="Streams"
      description={description}
      placeholder={value.length === 0 ? 'All that are on' : ''}
      searchable
      clearable
      data={data}
      value={[...value]}
      onChange={onChange}
    />
  )
}
