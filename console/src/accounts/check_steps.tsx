import { Button, Group, Stack, Text } from '@mantine/core'
import { IconCircleCheckFilled, IconCircleXFilled } from '@tabler/icons-react'
import type { Check } from '../../../src/server/contract.ts'
import { usePost } from '../api/changes.ts'
import { StatusIcon } from '../parts/chip.tsx'
import { Failure } from '../parts/failure.tsx'
import { Card } from '../parts/page.tsx'
import type { Status } from '../parts/status.ts'

const PASSED: Status = { word: 'Passed', tone: 'good', icon: IconCircleCheckFilled }
const FAILED: Status = { word: 'Failed', tone: 'bad', icon: IconCircleXFilled }

/** Tries the connection step by step: the first failed step is where to look. */
export function CheckSteps({ name }: { name: string }) {
  const check = usePost<Check>(`/accounts/${encodeURIComponent(name)}/check`)
  return (
    <Card
      title="Check"
      aside={
        <Button size="xs" variant="light" loading={check.isPending} onClick={() => check.mutate(undefined)}>
          {check.data ? 'Check again' : 'Run the check'}
        </Button>
      }
    >
      <Stack gap="xs" aria-live="polite">
        <Failure error={check.error} />
        {!check.data && !check.error && (
          <Text size="sm" c="dimmed">
            Tries the address, the token and what it may reach, one step at a time. Sends no event.
          </Text>
        )}
        {check.data?.steps.map((step) => (
          <Step key={step.name} {...step} />
        ))}
      </Stack>
    </Card>
  )
}

function Step({ name, ok, detail }: Check['steps'][number]) {
  const status = ok ? PASSED : FAILED
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start">
      <StatusIcon status={status} />
      <div style={{ minWidth: 0 }}>
        <Text size="sm" fw={600}>
          {name}{' '}
          <Text span size="xs" c="dimmed">
            {status.word}
          </Text>
        </Text>
        <Text size="xs" c="dimmed" className="wrap">
          {detail}
        </Text>
      </div>
    </Group>
  )
}
