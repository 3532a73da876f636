import { Button, Group, Modal, Stack, Switch, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import type { PresetList } from '../../../src/server/contract.ts'
import type { MappingSpec, SyncSpec } from '../api/specs.ts'
import { Card } from '../parts/page.tsx'
import { addEmpty, addPreset, MAPPINGS_MAX, replaceAt } from './draft.ts'
import { MappingRow } from './mapping_row.tsx'
import styles from './mappings.module.css'
import { PresetGallery } from './preset_gallery.tsx'
import { RenameForm } from './rename_form.tsx'

interface MappingListProps {
  readonly draft: SyncSpec
  readonly presets: PresetList
  readonly onChange: (draft: SyncSpec) => void
  readonly onOpen: (mapping: string) => void
}

/** A sync's mappings in their order, each with its switch and its menu. */
export function MappingList({ draft, presets, onChange, onOpen }: MappingListProps) {
  const [adding, add] = useDisclosure(false)
  const [renamed, setRenamed] = useState<number | null>(null)
  const { mappings } = draft
  const set = (next: readonly MappingSpec[]) => onChange({ ...draft, mappings: next })
  const isFull = mappings.length >= MAPPINGS_MAX
  return (
    <Card
      title={`Mappings ${mappings.length} of ${MAPPINGS_MAX}`}
      flush
      aside={
        <Group gap="md">
          <Switch
            label="Sync is on"
            checked={draft.enabled !== false}
            onChange={(change) => onChange({ ...draft, enabled: change.currentTarget.checked })}
          />
          <Button size="xs" leftSection={<IconPlus size={14} />} disabled={isFull} onClick={add.open}>
            Add mapping
          </Button>
        </Group>
      }
    >
      <ul className={styles['list']} aria-label="Mappings">
        {mappings.map((mapping, position) => (
          <MappingRow
            key={mapping.name}
            mappings={mappings}
            position={position}
            presets={presets}
            onChange={set}
            onRename={() => setRenamed(position)}
          />
        ))}
      </ul>
      {mappings.length === 0 && (
        <Text size="sm" c="dimmed" p="md" pt={0}>
          No mapping yet: every event of {draft.from.event_source} is filtered.
        </Text>
      )}
      <Modal opened={adding} onClose={add.close} title="Add a mapping" size="lg">
        <PresetGallery
          presets={presets}
          onPick={(preset, setName) => {
            set(addPreset(mappings, preset, setName))
            add.close()
          }}
          onEmpty={() => {
            const next = addEmpty(mappings)
            set(next)
            add.close()
            onOpen(next.at(-1)!.name)
          }}
        />
      </Modal>
      <Modal opened={renamed !== null} onClose={() => setRenamed(null)} title="Rename mapping">
        {renamed !== null && (
          <Stack>
            <RenameForm
              mappings={mappings}
              position={renamed}
              onRename={(name) => {
                set(replaceAt(mappings, renamed, { ...mappings[renamed]!, name }))
                setRenamed(null)
              }}
            />
          </Stack>
        )}
      </Modal>
    </Card>
  )
}
