import { Group, Stack, Text } from '@mantine/core'
import type { RunSlice } from '../../../src/server/contract_streams.ts'
import { CopyIcon } from '../parts/copy.tsx'
import { Fact, Facts } from '../parts/facts.tsx'
import { duration } from '../parts/figures.ts'
import { ReasonText } from '../parts/reason_text.tsx'
import { TimeAgo } from '../parts/time_ago.tsx'

/** Everything a slice met: why it failed, what was left out, and the ids TikTok's support asks for. */
export function SliceDetail({ slice }: { slice: RunSlice }) {
  return (
    <Stack gap="sm" py={4}>
      {slice.reason && <ReasonText reason={slice.reason} />}
      <Facts>
        <Fact label="Began">
          <TimeAgo at={slice.startedAt} never="not yet" />
        </Fact>
        <Fact label="Unchanged rows">{slice.startedAt === null ? '–' : slice.same}</Fact>
        <Fact label="Retries">{slice.retries}</Fact>
        <Fact label="Waited for the budget">{slice.waitedMs === 0 ? '–' : duration(slice.waitedMs)}</Fact>
        <Fact label="Answer cut short">{slice.truncated ? 'Yes, the rest was read another way' : 'No'}</Fact>
      </Facts>
      {slice.metricsDropped.length > 0 && (
        <Text size="sm" className="wrap">
          TikTok refused {slice.metricsDropped.join(', ')}: their columns stay empty, the rest was read.
        </Text>
      )}
      {slice.requestIds.length > 0 && <RequestIds ids={slice.requestIds} />}
    </Stack>
  )
}

const RequestIds = ({ ids }: { ids: readonly string[] }) => (
  <div>
    <Text size="xs" c="dimmed">
      Request ids of the last calls
    </Text>
    {ids.map((id) => (
      <Group key={id} gap={4} wrap="nowrap">
        <Text size="xs" className="mono wrap">
          {id}
        </Text>
        <CopyIcon value={id} label="Copy request id" />
      </Group>
    ))}
  </div>
)
