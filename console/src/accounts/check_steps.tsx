import { Button, Stack, Text } from '@mantine/core'
import type { Check } from '../../../src/server/contract.ts'
import { usePost } from '../api/changes.ts'
import { CheckList } from '../parts/check_list.tsx'
import { Failure } from '../parts/failure.tsx'
import { Card } from '../parts/page.tsx'

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
      <Stack gap="xs">
        <Failure error={check.error} />
        {!check.data && !check.error && (
          <Text size="sm" c="dimmed">
            Tries the address, the token and what it may reach, one step at a time. Sends no event.
          </Text>
        )}
        {check.data && (
          <CheckList steps={check.data.steps.map(({ name: step, ok, detail }) => ({ step, ok, message: detail }))} />
        )}
      </Stack>
    </Card>
  )
}
