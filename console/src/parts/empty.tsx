import { Paper, Stack, Text, ThemeIcon, Title } from '@mantine/core'
import type { TablerIcon } from '@tabler/icons-react'
import type { ReactNode } from 'react'

interface EmptyProps {
  readonly icon: TablerIcon
  readonly title: string
  readonly children: ReactNode
  /** The one thing to do from here. */
  readonly action?: ReactNode
}

/** A screen with nothing to show: what would be here, and the one thing to do about it. */
export function Empty({ icon: Icon, title, children, action }: EmptyProps) {
  return (
    <Paper withBorder py={48} px="lg">
      <Stack align="center" gap="xs">
        <ThemeIcon variant="light" size={44} radius="xl">
          <Icon size={22} aria-hidden />
        </ThemeIcon>
        <Title order={2} ta="center">
          {title}
        </Title>
        <Text c="dimmed" size="sm" maw={460} ta="center" component="div" mb={action ? 'xs' : 0}>
          {children}
        </Text>
        {action}
      </Stack>
    </Paper>
  )
}
