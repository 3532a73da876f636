import { Button, Group, Paper, SimpleGrid, Stack, Text, ThemeIcon, Title } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { Home } from '../../../src/server/contract.ts'

interface Step {
  readonly title: string
  readonly about: string
  readonly action: string
  readonly to: string
  readonly done: boolean
}

const steps = (counts: Home['counts']): readonly Step[] => [
  {
    title: 'Connect TikTok',
    about: 'An access token, and the pixel that shall take the events.',
    action: counts.accounts > 0 ? 'Add a pixel' : 'Connect TikTok',
    to: counts.accounts > 0 ? '/destinations' : '/accounts',
    done: counts.accounts > 0 && counts.destinations > 0,
  },
  {
    title: 'Add an event source',
    about: 'A write key, and a snippet for the SDK you already use.',
    action: 'Add a source',
    to: '/sources',
    done: counts.sources > 0,
  },
  {
    title: 'Map and send',
    about: 'Start from a preset, watch a real event become a TikTok event.',
    action: 'Map events',
    to: '/mappings',
    // Drawn only while no sync carries events.
    done: false,
  },
]

/** What a new installation shows: three steps, the next one to be pressed. */
export function FirstSteps({ counts }: { counts: Home['counts'] }) {
  const all = steps(counts)
  const next = all.findIndex(({ done }) => !done)
  return (
    <Paper withBorder p="xl" component="section" aria-label="First steps">
      <Title order={2} mb={4}>
        Three steps to the first event
      </Title>
      <Text c="dimmed" size="sm" mb="lg">
        Nothing is sent anywhere until the third.
      </Text>
      <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="lg">
        {all.map((step, position) => (
          <StepCard key={step.title} step={step} number={position + 1} next={position === next} />
        ))}
      </SimpleGrid>
    </Paper>
  )
}

function StepCard({ step, number, next }: { step: Step; number: number; next: boolean }) {
  return (
    <Stack gap={6} align="flex-start">
      <Group gap="xs">
        <ThemeIcon
          radius="xl"
          size={26}
          variant={step.done || next ? 'filled' : 'light'}
          color={step.done ? 'green' : 'beat'}
        >
          {step.done ? <IconCheck size={15} aria-label="Done" /> : number}
        </ThemeIcon>
        <Text fw={650}>{step.title}</Text>
      </Group>
      <Text size="sm" c="dimmed">
        {step.about}
      </Text>
      {next && (
        <Button component={Link} to={step.to} mt={4}>
          {step.action}
        </Button>
      )}
    </Stack>
  )
}
