import { Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { streamsQuery } from '../api/stream_queries.ts'
import { Answer } from '../parts/answer.tsx'
import type { StepProps } from './connect.tsx'
import { StepTitle } from './step_title.tsx'
import { StreamChoice } from './stream_choice.tsx'

/** Third step: which tables. */
export function StreamsStep({ draft, onChange }: StepProps) {
  const streams = useQuery(streamsQuery)
  return (
    <Stack gap="lg">
      <StepTitle title="Which tables?">
        Each stream fills one table. The usual ones are on; others can join at any time, and then read their history.
      </StepTitle>
      <Answer query={streams} rows={8}>
        {(found) => (
          <StreamChoice streams={found} value={draft.streams} onChange={(chosen) => onChange({ streams: chosen })} />
        )}
      </Answer>
    </Stack>
  )
}
