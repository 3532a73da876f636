import { Stack, Text } from '@mantine/core'
import { IconAlertTriangleFilled } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import type { RunDetail } from '../../../src/server/contract_streams.ts'
import { useAdvertisers } from '../api/advertisers.ts'
import { isOver, runQuery } from '../api/stream_queries.ts'
import { Answer } from '../parts/answer.tsx'
import { Chip } from '../parts/chip.tsx'
import { Notice } from '../parts/notice.tsx'
import { Card, Page } from '../parts/page.tsx'
import { ReasonText } from '../parts/reason_text.tsx'
import { RUN } from '../parts/stream_status.ts'
import { TextLink } from '../parts/text_link.tsx'
import { TimeAgo } from '../parts/time_ago.tsx'
import { CancelRun } from './cancel_run.tsx'
import type { SliceFilters } from './filters.ts'
import { HeatStrip } from './heat_strip.tsx'
import { RunAgain } from './run_again.tsx'
import { RunFigures } from './run_figures.tsx'
import { runText } from './run_kind.ts'
import { RunProgress } from './run_progress.tsx'
import { SliceTable } from './slice_table.tsx'
import { Unconfirmed } from './unconfirmed.tsx'

/** `/runs/$id`: one reading of TikTok, slice by slice. */
export function RunScreen() {
  const { id } = useParams({ from: '/shell/runs/$id' })
  const run = useQuery(runQuery(id))
  return <Answer query={run}>{(found) => <RunPage detail={found} />}</Answer>
}

function RunPage({ detail }: { detail: RunDetail }) {
  const { run, slices } = detail
  const advertisers = useAdvertisers(run.sync)
  const filters = useSearch({ from: '/shell/runs/$id' })
  const navigate = useNavigate()
  const setFilters = (search: SliceFilters) =>
    void navigate({ to: '/runs/$id', params: { id: run.id }, search, replace: true, resetScroll: false })
  return (
    <Page
      title={`Run of ${run.sync}`}
      about={
        <span>
          <Chip status={RUN[run.state]} /> {runText(run)} · asked for by {run.who} <TimeAgo at={run.createdAt} /> ·{' '}
          <TextLink to="/connections/$name" params={{ name: run.sync }} search={{}} size="sm">
            {run.sync}
          </TextLink>
        </span>
      }
      back={{ to: '/runs', label: 'Runs' }}
      actions={isOver(run) ? <RunAgain run={run} slices={slices} /> : <CancelRun run={run} />}
    >
      {run.reason && <Why detail={detail} />}
      <Stack gap="md">
        <RunProgress detail={detail} />
        <Unconfirmed run={run} slices={slices} advertisers={advertisers} />
        <RunFigures detail={detail} />
        {slices.length > 0 && (
          <>
            <Card title="Streams and advertisers">
              <HeatStrip
                slices={slices}
                advertisers={advertisers}
                onPick={({ stream, advertiserId }) => setFilters({ stream, advertiser: advertiserId })}
              />
            </Card>
            <SliceTable slices={slices} advertisers={advertisers} filters={filters} onFilter={setFilters} />
          </>
        )}
      </Stack>
    </Page>
  )
}

/** Why a run ended as it did, or what it lacks. */
function Why({ detail: { run } }: { detail: RunDetail }) {
  const failed = run.state === 'failed'
  return (
    <Notice
      tone={failed ? 'bad' : 'late'}
      icon={IconAlertTriangleFilled}
      title={failed ? 'The run failed' : 'Not everything was read'}
    >
      <ReasonText reason={run.reason!} />
      {!failed && (
        <Text size="sm" c="dimmed" mt={4}>
          What was read stands in the warehouse; the rest is as it was before.
        </Text>
      )}
    </Notice>
  )
}
