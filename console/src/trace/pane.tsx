import { Group, Paper, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { Chip } from '../parts/chip.tsx'
import type { Status } from '../parts/status.ts'
import styles from './trace.module.css'

interface PaneProps {
  readonly id: string
  readonly number: number
  readonly title: string
  readonly status?: Status | undefined
  readonly aside?: ReactNode
  readonly children: ReactNode
}

/** One stage of an event's way, numbered. */
export function Pane({ id, number, title, status, aside, children }: PaneProps) {
  return (
    <Paper withBorder component="section" id={id} aria-label={title} p="md" className={styles['pane']!}>
      <Group justify="space-between" mb="sm" gap="xs">
        <Group gap="xs">
          <span className={styles['number']} aria-hidden>
            {number}
          </span>
          <Title order={2}>{title}</Title>
          {status && <Chip status={status} />}
        </Group>
        {aside}
      </Group>
      {children}
    </Paper>
  )
}

/** Says in a pane that the event did not come this far. */
export const NotReached = ({ children }: { children: ReactNode }) => (
  <Text size="sm" c="dimmed">
    {children}
  </Text>
)
