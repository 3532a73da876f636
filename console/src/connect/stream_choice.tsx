import { Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import type { StreamInfo } from '../../../src/server/contract_streams.ts'
import { counted } from '../parts/amounts.ts'
import { GROUP_ABOUT, GROUP_TITLE, MODE_TEXT, TABLE_GROUPS, type TableGroup } from '../schema/words.ts'
import { chosenNames, isUsual } from './chosen_streams.ts'
import styles from './stream_choice.module.css'

interface StreamChoiceProps {
  readonly streams: readonly StreamInfo[]
  /** Null: the usual ones. */
  readonly value: readonly string[] | null
  readonly onChange: (streams: readonly string[] | null) => void
}

/** Which tables are filled, by group, each with what it holds. */
export function StreamChoice({ streams, value, onChange }: StreamChoiceProps) {
  const [query, setQuery] = useState('')
  const chosen = chosenNames(streams, value)
  const set = (names: ReadonlySet<string>) => onChange(isUsual(streams, names) ? null : [...names])
  const found = streams.filter(({ table }) =>
    `${table.name} ${table.about}`.toLowerCase().includes(query.toLowerCase()),
  )
  return (
    <Stack gap="md">
      <Group justify="space-between" gap="xs">
        <TextInput
          aria-label="Search streams"
          placeholder="Search streams"
          leftSection={<IconSearch size={15} />}
          value={query}
          onChange={(change) => setQuery(change.currentTarget.value)}
          w={{ base: '100%', xs: 260 }}
          data-search
        />
        <Group gap="xs">
          <Text size="sm" c="dimmed" className="tabular" role="status">
            {chosen.size} of {counted(streams.length, 'stream')}
          </Text>
          <Button variant="default" size="xs" disabled={value === null} onClick={() => onChange(null)}>
            The usual ones
          </Button>
        </Group>
      </Group>
      {TABLE_GROUPS.map((group) => (
        <ChoiceGroup
          key={group}
          group={group}
          streams={found.filter(({ table }) => table.group === group)}
          chosen={chosen}
          onChange={set}
        />
      ))}
    </Stack>
  )
}

interface ChoiceGroupProps {
  readonly group: TableGroup
  readonly streams: readonly StreamInfo[]
  readonly chosen: ReadonlySet<string>
  readonly onChange: (names: ReadonlySet<string>) => void
}

function ChoiceGroup({ group, streams, chosen, onChange }: ChoiceGroupProps) {
  if (streams.length === 0) return null
  const names = streams.map(({ table }) => table.name)
  const on = names.filter((name) => chosen.has(name)).length
  const switchAll = () =>
    onChange(on === names.length ? chosen.difference(new Set(names)) : chosen.union(new Set(names)))
  return (
    <fieldset className={styles['group']}>
      <legend className={styles['legend']}>
        <Checkbox
          label={
            <>
              <strong>{GROUP_TITLE[group]}</strong>{' '}
              <Text span size="xs" c="dimmed" className="tabular">
                {on} of {names.length}
              </Text>
            </>
          }
          description={GROUP_ABOUT[group]}
          checked={on === names.length}
          indeterminate={on > 0 && on < names.length}
          onChange={switchAll}
        />
      </legend>
      <div className={styles['streams']}>
        {streams.map(({ table }) => (
          <Checkbox
            key={table.name}
            label={<span className="mono wrap">{table.name}</span>}
            description={`${table.about} · ${table.columns.length} columns, ${MODE_TEXT[table.mode]}`}
            checked={chosen.has(table.name)}
            onChange={() => onChange(chosen.symmetricDifference(new Set([table.name])))}
          />
        ))}
      </div>
    </fieldset>
  )
}
