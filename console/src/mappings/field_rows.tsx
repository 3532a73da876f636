import { Select, Stack, Text } from '@mantine/core'
import { useMemo } from 'react'
import type { FieldTable, Json, PresetList } from '../../../src/server/contract.ts'
import type { MappingSpec } from '../api/specs.ts'
import { Card } from '../parts/page.tsx'
import { pathsOf } from './directive.ts'
import { presetOf, setField, wholeMapping } from './draft.ts'
import { FieldRow } from './field_row.tsx'
import styles from './fields.module.css'
import type { Tried } from './live_test.ts'
import { problemsAt } from './problems.ts'

interface FieldRowsProps {
  readonly mapping: MappingSpec
  readonly presets: PresetList
  readonly fields: FieldTable
  readonly current: Tried | undefined
  readonly onChange: (mapping: MappingSpec) => void
}

const PATHS = 'paths-of-event'

/** The TikTok fields this mapping fills, how, and with what for the chosen event. */
export function FieldRows({ mapping, presets, fields, current, onChange }: FieldRowsProps) {
  const given = presetOf(mapping, presets)?.mapping ?? presets.base
  const whole = wholeMapping(mapping, presets).fields
  const shown = shownFields(fields, whole)
  const rest = Object.keys(fields).filter((name) => name !== 'event' && !shown.includes(name))
  const set = (field: string, value: Json | undefined) => onChange(setField(mapping, field, value))
  return (
    <Card
      title="Fields"
      flush
      aside={
        <Text size="xs" c="dimmed">
          <span className={styles['star']}>*</span> required by TikTok
        </Text>
      }
    >
      <ul className={styles['fields']} aria-label="Fields">
        {shown.map((name) => (
          <FieldRow
            key={name}
            name={name}
            field={fields[name]}
            value={whole[name]}
            given={given[name]}
            isOwn={mapping.fields !== undefined && name in mapping.fields}
            tried={current}
            problems={problemsAt(current?.problems ?? [], `fields.${name}`)}
            listId={PATHS}
            onChange={(value) => set(name, value)}
          />
        ))}
      </ul>
      <Stack p="md" gap="xs">
        <AddField names={rest} fields={fields} onAdd={(name) => set(name, { '@path': `$.properties.${name}` })} />
      </Stack>
      <PathSuggestions event={current?.event} />
    </Card>
  )
}

// Required ones first, then in the table's order; fields the table does not know come last, with their problem.
function shownFields(fields: FieldTable, whole: { readonly [field: string]: Json }): readonly string[] {
  const names = Object.keys(fields).filter((name) => name !== 'event' && (name in whole || fields[name]!.required))
  const required = names.filter((name) => fields[name]!.required)
  const others = names.filter((name) => !fields[name]!.required)
  const unknown = Object.keys(whole).filter((name) => !(name in fields))
  return [...required, ...others, ...unknown]
}

interface AddFieldProps {
  readonly names: readonly string[]
  readonly fields: FieldTable
  readonly onAdd: (name: string) => void
}

function AddField({ names, fields, onAdd }: AddFieldProps) {
  return (
    <Select
      aria-label="Add a field"
      placeholder="Add a field…"
      searchable
      maxDropdownHeight={280}
      data={names.map((name) => ({ value: name, label: name }))}
      renderOption={({ option }) => (
        <div>
          <Text size="sm" className="mono">
            {option.value}
          </Text>
          <Text size="xs" c="dimmed">
            {fields[option.value]?.about}
          </Text>
        </div>
      )}
      value={null}
      onChange={(name) => name && onAdd(name)}
    />
  )
}

function PathSuggestions({ event }: { event: Tried['event'] | undefined }) {
  const paths = useMemo(() => pathsOf(event ?? {}), [event])
  return (
    <datalist id={PATHS}>
      {paths.map((path) => (
        <option key={path} value={path} />
      ))}
    </datalist>
  )
}
