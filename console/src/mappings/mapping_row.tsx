import { ActionIcon, Menu, Switch } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconCopy, IconDots, IconPencil, IconTrash } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { PresetList } from '../../../src/server/contract.ts'
import type { MappingSpec } from '../api/specs.ts'
import { counted } from '../parts/amounts.ts'
import { describeField, readField } from './directive.ts'
import {
  changeMapping,
  duplicateAt,
  MAPPINGS_MAX,
  moveAt,
  presetOf,
  removeAt,
  replaceAt,
  wholeMapping,
} from './draft.ts'
import styles from './mappings.module.css'

interface MappingRowProps {
  readonly mappings: readonly MappingSpec[]
  readonly position: number
  readonly presets: PresetList
  readonly onChange: (mappings: readonly MappingSpec[]) => void
  readonly onRename: () => void
}

/** One mapping of the list: switch, name, trigger, TikTok event, menu. */
export function MappingRow({ mappings, position, presets, onChange, onRename }: MappingRowProps) {
  const mapping = mappings[position]!
  const { when, event } = wholeMapping(mapping, presets)
  const preset = presetOf(mapping, presets)
  const own = Object.keys(mapping.fields ?? {}).length
  return (
    <li className={styles['row']} data-off={mapping.enabled === false || undefined}>
      <Switch
        aria-label={`${mapping.name} is on`}
        checked={mapping.enabled !== false}
        onChange={(change) =>
          onChange(replaceAt(mappings, position, changeMapping(mapping, { enabled: change.currentTarget.checked })))
        }
      />
      <Link to="." search={{ mapping: mapping.name }} className={styles['open']!} data-row>
        <span className={styles['name']}>{mapping.name}</span>
        <span className={`${styles['when']} mono`}>{when}</span>
        <span className={styles['event']}>
          <span aria-hidden>→ </span>
          {typeof event === 'string' ? event || 'no event yet' : describeField(readField(event))}
        </span>
        <span className={styles['origin']}>{originOf(preset !== null, own)}</span>
      </Link>
      <RowMenu mappings={mappings} position={position} onChange={onChange} onRename={onRename} />
    </li>
  )
}

function originOf(hasPreset: boolean, own: number): string {
  if (!hasPreset) return 'no preset'
  return own > 0 ? `preset, ${counted(own, 'field')} changed` : 'preset'
}

function RowMenu({ mappings, position, onChange, onRename }: Omit<MappingRowProps, 'presets'>) {
  return (
    <Menu position="bottom-end" width={190}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={`Actions for ${mappings[position]!.name}`}>
          <IconDots size={17} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={15} />} onClick={onRename}>
          Rename
        </Menu.Item>
        <Menu.Item
          leftSection={<IconCopy size={15} />}
          disabled={mappings.length >= MAPPINGS_MAX}
          onClick={() => onChange(duplicateAt(mappings, position))}
        >
          Duplicate
        </Menu.Item>
        <Menu.Item
          leftSection={<IconArrowUp size={15} />}
          disabled={position === 0}
          onClick={() => onChange(moveAt(mappings, position, -1))}
        >
          Move up
        </Menu.Item>
        <Menu.Item
          leftSection={<IconArrowDown size={15} />}
          disabled={position === mappings.length - 1}
          onClick={() => onChange(moveAt(mappings, position, 1))}
        >
          Move down
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconTrash size={15} />}
          c="var(--bad-fg)"
          onClick={() => onChange(removeAt(mappings, position))}
        >
          Delete
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
