import { Group, Loader, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Estimate, RunAsked } from '../../../src/server/contract_streams.ts'
import { askedQuery } from '../api/stream_queries.ts'
import { Failure } from '../parts/failure.tsx'
import { estimateText } from './estimate_text.ts'

interface RunEstimateProps {
  /** Null while what is asked for is not complete. */
  readonly asked: RunAsked | null
}

/** What a run would cost, before it is begun. */
export function RunEstimate({ asked }: RunEstimateProps) {
  const { sync = '', ...body } = asked ?? {}
  const estimate = useQuery(askedQuery<Estimate>(`/syncs/${encodeURIComponent(sync)}/estimate`, body, asked !== null))
  if (!asked) return null
  if (estimate.error) return <Failure error={estimate.error} />
  if (!estimate.data) return <Loader size="xs" aria-label="Estimating" />
  return (
    <Group gap="xs" role="status">
      <Text size="sm" className="tabular" {...(estimate.isPlaceholderData ? { c: 'dimmed' } : {})}>
        {estimateText(estimate.data)}
      </Text>
    </Group>
  )
}
