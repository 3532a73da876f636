import { Group, Radio, SimpleGrid, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Resource } from '../../../src/server/contract.ts'
import { StatusIcon } from '../parts/chip.tsx'
import { HEALTH } from '../parts/status.ts'
import styles from './policy_input.module.css'

interface ResourceChoiceProps {
  readonly label: string
  readonly resources: readonly Resource[]
  readonly value: string | null
  readonly about: (resource: Resource) => ReactNode
  /** The card that makes a new one. */
  readonly other: string
  readonly isOther: boolean
  /** Null: a new one. */
  readonly onChoose: (name: string | null) => void
}

// No resource has an empty name.
const OTHER = ''

/** Chooses among what is configured, or to make something new. */
export function ResourceChoice({ label, resources, value, about, other, isOther, onChoose }: ResourceChoiceProps) {
  return (
    <Radio.Group
      aria-label={label}
      value={isOther ? OTHER : value}
      onChange={(name) => onChoose(name === OTHER ? null : name)}
    >
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="sm">
        {resources.map((resource) => (
          <Radio.Card key={resource.name} value={resource.name} p="sm" className={styles['card']!}>
            <Group wrap="nowrap" align="flex-start" gap="sm">
              <Radio.Indicator mt={2} />
              <div style={{ minWidth: 0, flex: 1 }}>
                <Text size="sm" fw={600} className="wrap">
                  {resource.name}
                </Text>
                <Text size="xs" c="dimmed" className="wrap" lineClamp={2}>
                  {about(resource)}
                </Text>
              </div>
              <StatusIcon status={HEALTH[resource.state.health]} size={16} />
            </Group>
          </Radio.Card>
        ))}
        <Radio.Card value={OTHER} p="sm" className={styles['card']!}>
          <Group wrap="nowrap" gap="sm">
            <Radio.Indicator />
            <Text size="sm">{other}</Text>
          </Group>
        </Radio.Card>
      </SimpleGrid>
    </Radio.Group>
  )
}
