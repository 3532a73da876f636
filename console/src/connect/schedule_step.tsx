import { Stack } from '@mantine/core'
import type { StepProps } from './connect.tsx'
import { DaysInputs } from './days_inputs.tsx'
import { ScheduleInput } from './schedule_input.tsx'
import { StepTitle } from './step_title.tsx'

/** Fourth step: how far back, and how often. */
export function ScheduleStep({ draft, onChange }: StepProps) {
  return (
    <Stack gap="lg">
      <StepTitle title="How far back, and how often?">
        TikTok goes on correcting past days: conversions arrive late. Each run reads those days again and replaces them,
        and notes what changed.
      </StepTitle>
      <DaysInputs
        history={draft.historyDays}
        backfill={draft.backfillDays}
        onChange={({ history, backfill }) =>
          onChange({
            ...(history !== undefined ? { historyDays: history } : {}),
            ...(backfill !== undefined ? { backfillDays: backfill } : {}),
          })
        }
      />
      <ScheduleInput value={draft.schedule} onChange={(schedule) => onChange({ schedule })} />
    </Stack>
  )
}
