import { Badge, Group, Radio, Stack, Text } from '@mantine/core'
import type { SchemaPolicy } from '../../../src/server/contract_streams.ts'
import styles from './policy_input.module.css'

interface Policy {
  readonly name: SchemaPolicy
  readonly title: string
  readonly about: string
}

/** The five policies, the recommended one first. */
export const POLICIES: readonly Policy[] = [
  {
    name: 'add_columns',
    title: 'Add columns',
    about: 'New columns are added by themselves and wider types applied. New tables and other types wait for you.',
  },
  {
    name: 'propagate_all',
    title: 'Propagate everything',
    about: 'New columns and tables are made by themselves. A column that changes its type gets a second one beside it.',
  },
  {
    name: 'review',
    title: 'Review everything',
    about: 'Runs go on without any change; each waits for you, with the statements it would run.',
  },
  {
    name: 'ignore',
    title: 'Keep the tables as they are',
    about: 'Nothing is changed. What a new column would hold is dropped, and counted.',
  },
  {
    name: 'pause',
    title: 'Pause on any change',
    about: 'The connection stops until you have decided. For tables that others build on to the letter.',
  },
]

/** A policy's title. */
export const policyTitle = (name: SchemaPolicy): string => POLICIES.find((policy) => policy.name === name)!.title

interface PolicyInputProps {
  readonly value: SchemaPolicy
  readonly onChange: (policy: SchemaPolicy) => void
}

/** What happens by itself when a table gets another shape. */
export function PolicyInput({ value, onChange }: PolicyInputProps) {
  return (
    <Radio.Group
      label="When a table gets another shape"
      description="TikTok adds and withdraws fields, and so do new versions of Backbeat. No policy ever drops a column or a table, and a changed key always pauses"
      value={value}
      onChange={(name) => onChange(name as SchemaPolicy)}
    >
      <Stack gap={8} mt="xs">
        {POLICIES.map(({ name, title, about }) => (
          <Radio.Card key={name} value={name} p="sm" className={styles['card']!}>
            <Group wrap="nowrap" align="flex-start" gap="sm">
              <Radio.Indicator mt={2} />
              <div>
                <Group gap="xs">
                  <Text size="sm" fw={600}>
                    {title}
                  </Text>
                  {name === 'add_columns' && (
                    <Badge size="sm" variant="light" tt="none">
                      Recommended
                    </Badge>
                  )}
                </Group>
                <Text size="sm" c="dimmed">
                  {about}
                </Text>
              </div>
            </Group>
          </Radio.Card>
        ))}
      </Stack>
    </Radio.Group>
  )
}
