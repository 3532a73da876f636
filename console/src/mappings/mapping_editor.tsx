import { Alert, Button, Group, Modal, Select, Stack, Switch } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPencil } from '@tabler/icons-react'
import type { FieldTable, PresetList } from '../../../src/server/contract.ts'
import type { MappingSpec, SyncSpec } from '../api/specs.ts'
import { Card } from '../parts/page.tsx'
import { changeMapping, DEFAULT_SET, presetOf, wholeMapping } from './draft.ts'
import { EventInput } from './event_input.tsx'
import { FieldRows } from './field_rows.tsx'
import { LivePanel } from './live_panel.tsx'
import { useLiveTest } from './live_test.ts'
import styles from './mappings.module.css'
import { otherProblems, problemsAt } from './problems.ts'
import { RenameForm } from './rename_form.tsx'
import { sampleFor } from './sample.ts'
import { TriggerInput } from './trigger_input.tsx'

interface MappingEditorProps {
  readonly draft: SyncSpec
  readonly position: number
  readonly presets: PresetList
  readonly fields: FieldTable
  readonly testEventCode: string
  readonly onChange: (mapping: MappingSpec) => void
}

/** One mapping, beside what it makes of real events. */
export function MappingEditor({ draft, position, presets, fields, testEventCode, onChange }: MappingEditorProps) {
  const mapping = draft.mappings[position]!
  const whole = wholeMapping(mapping, presets)
  const live = useLiveTest(draft, mapping, sampleFor(whole.when))
  const problems = live.current?.problems ?? []
  const preset = presetOf(mapping, presets)
  return (
    <div className={styles['editor']}>
      <div className={styles['head']}>
        <Card title="When and what">
          <Stack gap="sm">
            <MappingHead draft={draft} position={position} presets={presets} onChange={onChange} />
            <TriggerInput
              value={whole.when}
              problem={problemsAt(problems, 'when')[0]}
              onChange={(when) => onChange(changeMapping(mapping, { when: when === preset?.when ? undefined : when }))}
            />
            <EventInput
              value={whole.event}
              choices={eventChoices(fields, presets)}
              problem={problemsAt(problems, 'event')[0]?.message}
              onChange={(event) =>
                onChange(changeMapping(mapping, { event: event === preset?.event ? undefined : event }))
              }
            />
            {otherProblems(problems).map(({ path, message }) => (
              <Alert key={`${path} ${message}`} color="red" p="xs">
                {path}: {message}
              </Alert>
            ))}
          </Stack>
        </Card>
      </div>
      <div className={styles['body']}>
        <FieldRows mapping={mapping} presets={presets} fields={fields} current={live.current} onChange={onChange} />
      </div>
      <div className={styles['live']}>
        <LivePanel
          live={live}
          isOn={mapping.enabled !== false && draft.enabled !== false}
          testEventCode={testEventCode}
        />
      </div>
    </div>
  )
}

type HeadProps = Pick<MappingEditorProps, 'draft' | 'position' | 'presets' | 'onChange'>

function MappingHead({ draft, position, presets, onChange }: HeadProps) {
  const [renaming, rename] = useDisclosure(false)
  const mapping = draft.mappings[position]!
  return (
    <Group justify="space-between" gap="sm">
      <PresetSelect mapping={mapping} presets={presets} onChange={onChange} />
      <Group gap="md">
        <Switch
          label="On"
          checked={mapping.enabled !== false}
          onChange={(change) => onChange(changeMapping(mapping, { enabled: change.currentTarget.checked }))}
        />
        <Button variant="default" size="xs" leftSection={<IconPencil size={14} />} onClick={rename.open}>
          Rename
        </Button>
      </Group>
      <Modal opened={renaming} onClose={rename.close} title="Rename mapping">
        <RenameForm
          mappings={draft.mappings}
          position={position}
          onRename={(name) => {
            rename.close()
            onChange({ ...mapping, name })
          }}
        />
      </Modal>
    </Group>
  )
}

const NO_PRESET = 'none'

function PresetSelect({
  mapping,
  presets,
  onChange,
}: Pick<MappingEditorProps, 'presets' | 'onChange'> & { mapping: MappingSpec }) {
  const groups = presets.sets.map((set) => ({
    group: set.title,
    items: set.presets.map((preset) => ({
      value: `${set.name}/${preset.name}`,
      label: `${preset.title} (${preset.name})`,
    })),
  }))
  const pick = (choice: string | null) => {
    const [preset_set, preset] = choice?.split('/') ?? []
    onChange(changeMapping(mapping, { preset, preset_set: preset ? preset_set : undefined }))
  }
  return (
    <Select
      label="Preset"
      searchable
      allowDeselect={false}
      w={300}
      data={[{ value: NO_PRESET, label: 'No preset' }, ...groups]}
      value={mapping.preset ? `${mapping.preset_set ?? DEFAULT_SET}/${mapping.preset}` : NO_PRESET}
      onChange={pick}
    />
  )
}

function eventChoices(fields: FieldTable, presets: PresetList): readonly string[] {
  const known = fields['event']?.choices ?? []
  const used = presets.sets.flatMap((set) => set.presets.map(({ event }) => event))
  return [...new Set([...known, ...used])].sort()
}
