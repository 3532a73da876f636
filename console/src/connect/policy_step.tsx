import { Stack } from '@mantine/core'
import type { StepProps } from './connect.tsx'
import { PolicyInput } from './policy_input.tsx'
import { StepTitle } from './step_title.tsx'

/** Fifth step: what may change by itself. */
export function PolicyStep({ draft, onChange }: StepProps) {
  return (
    <Stack gap="lg">
      <StepTitle title="What may change by itself?">
        What waits for you stands under Schema changes, with the statements that would be run.
      </StepTitle>
      <PolicyInput value={draft.policy} onChange={(policy) => onChange({ policy })} />
    </Stack>
  )
}
