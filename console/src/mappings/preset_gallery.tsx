import { Button, SegmentedControl, Stack, Text, UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import type { Preset, PresetList } from '../../../src/server/contract.ts'
import { DEFAULT_SET } from './draft.ts'
import styles from './mappings.module.css'

interface PresetGalleryProps {
  readonly presets: PresetList
  readonly onPick: (preset: Preset, set: string) => void
  readonly onEmpty: () => void
}

/** The ready mappings of each set, and the way to start without one. */
export function PresetGallery({ presets, onPick, onEmpty }: PresetGalleryProps) {
  const [setName, setSetName] = useState(DEFAULT_SET)
  const shown = presets.sets.find(({ name }) => name === setName)
  return (
    <Stack gap="sm">
      <SegmentedControl
        aria-label="Preset set"
        data={presets.sets.map(({ name, title }) => ({ value: name, label: title }))}
        value={setName}
        onChange={setSetName}
      />
      <div className={styles['gallery']}>
        {shown?.presets.map((preset) => (
          <UnstyledButton key={preset.name} className={styles['preset']!} onClick={() => onPick(preset, setName)}>
            <Text size="sm" fw={600}>
              {preset.title}
            </Text>
            <Text size="xs" c="dimmed" className="mono wrap">
              {preset.when}
            </Text>
            <Text size="xs">→ {preset.event}</Text>
          </UnstyledButton>
        ))}
      </div>
      <Button variant="default" onClick={onEmpty}>
        Start without a preset
      </Button>
    </Stack>
  )
}
