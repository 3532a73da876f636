import { Anchor, Group, Stack, Text } from '@mantine/core'
import type { Resource } from '../../../src/server/contract.ts'
import { HealthChip } from './chip.tsx'
import { Card } from './page.tsx'
import { PathLink } from './path_link.tsx'

interface UsedByProps {
  readonly title: string
  readonly under: string
  readonly users: readonly Resource[]
  readonly none: string
}

/** The resources that refer to this one. */
export function UsedBy({ title, under, users, none }: UsedByProps) {
  return (
    <Card title={title}>
      <Stack gap={6}>
        {users.length === 0 && (
          <Text size="sm" c="dimmed">
            {none}
          </Text>
        )}
        {users.map(({ name, state }) => (
          <Group key={name} justify="space-between" wrap="nowrap">
            <Anchor component={PathLink} path={`${under}/${encodeURIComponent(name)}`} size="sm" className="wrap">
              {name}
            </Anchor>
            <HealthChip health={state.health} because={state.because} />
          </Group>
        ))}
      </Stack>
    </Card>
  )
}
