import { Group, Paper, Progress, Text } from '@mantine/core'
import type { RunDetail } from '../../../src/server/contract_streams.ts'
import { isOver } from '../api/stream_queries.ts'
import { count, counted } from '../parts/amounts.ts'
import { duration } from '../parts/figures.ts'
import { Took } from './run_table.tsx'

const RATE = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 })

/** How far a run is: slices, their rate, and the time that is left at that rate. */
export function RunProgress({ detail }: { detail: RunDetail }) {
  const { run } = detail
  const { slices, slicesDone, slicesFailed } = run.counts
  const share = slices === 0 ? 0 : (100 * slicesDone) / slices
  const failed = slices === 0 ? 0 : (100 * slicesFailed) / slices
  return (
    <Paper withBorder p="md" component="section" aria-label="Progress">
      <Group justify="space-between" mb={8} gap="xs">
        <Text fw={650} className="tabular">
          {slices === 0 ? startText(detail) : `${count(slicesDone)} of ${counted(slices, 'slice')}`}
          {slicesFailed > 0 && (
            <Text span c="var(--bad-fg)" fw={650}>
              {' '}
              · {count(slicesFailed)} failed
            </Text>
          )}
        </Text>
        <Text size="sm" c="dimmed" className="tabular" role="status">
          {isOver(run) ? (
            <>
              took <Took run={run} />
            </>
          ) : (
            pace(detail)
          )}
        </Text>
      </Group>
      <Progress.Root size={10} radius="sm">
        <Progress.Section
          value={share}
          color={isOver(run) ? 'var(--good)' : 'var(--busy)'}
          aria-label={`${Math.round(share)} % done`}
        />
        {failed > 0 && (
          <Progress.Section value={failed} color="var(--bad)" aria-label={`${Math.round(failed)} % failed`} />
        )}
      </Progress.Root>
    </Paper>
  )
}

const startText = ({ run }: RunDetail): string => (run.state === 'queued' ? 'Waiting for a worker' : 'Nothing to read')

function pace({ slicesPerMinute, secondsLeft }: RunDetail): string {
  if (slicesPerMinute === null) return 'The pace is not known yet'
  const rate = `${RATE.format(slicesPerMinute)} slices a minute`
  return secondsLeft === null ? rate : `${rate} · about ${duration(secondsLeft * 1000)} left`
}
