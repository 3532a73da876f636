import { Group, Stack, Text } from '@mantine/core'
import type { CheckStep } from '../../../src/server/contract_streams.ts'
import { StatusIcon } from './chip.tsx'
import { FAILED, PASSED } from './stream_status.ts'

/** Steps of a check in their order: the first failed one is where to look. */
export function CheckList({ steps }: { steps: readonly CheckStep[] }) {
  return (
    <Stack gap="xs" aria-live="polite">
      {steps.map((step) => (
        <Step key={step.step} {...step} />
      ))}
    </Stack>
  )
}

function Step({ step, ok, message }: CheckStep) {
  const status = ok ? PASSED : FAILED
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start">
      <StatusIcon status={status} />
      <div style={{ minWidth: 0 }}>
        <Text size="sm" fw={600}>
          <span className="capitalised">{step}</span>{' '}
          <Text span size="xs" c="dimmed">
            {status.word}
          </Text>
        </Text>
        <Text size="xs" c="dimmed" className="wrap">
          {message}
        </Text>
      </div>
    </Group>
  )
}
