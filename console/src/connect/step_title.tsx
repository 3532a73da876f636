import { Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'

/** What a step asks, and why. */
export const StepTitle = ({ title, children }: { title: string; children: ReactNode }) => (
  <div>
    <Title order={2}>{title}</Title>
    <Text size="sm" c="dimmed" maw={720}>
      {children}
    </Text>
  </div>
)
