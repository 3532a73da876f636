import { Paper, Text } from '@mantine/core'
import type { RunDetail } from '../../../src/server/contract_streams.ts'
import { count } from '../parts/amounts.ts'
import { Fact, Facts } from '../parts/facts.tsx'
import { duration } from '../parts/figures.ts'
import { sliceTotals } from './heat.ts'

/** What a run brought into the warehouse, and what it asked of TikTok. */
export function RunFigures({ detail: { run, slices } }: { detail: RunDetail }) {
  const { counts } = run
  const totals = sliceTotals(slices)
  // What has not begun has read nothing, which is not the same as having found nothing.
  const amount = (figure: number) => (run.startedAt === null ? '–' : count(figure))
  return (
    <Paper withBorder p="md" component="section" aria-label="Figures">
      <Facts>
        <Fact label="Rows read">{amount(counts.read)}</Fact>
        <Fact label="New">{amount(counts.added)}</Fact>
        <Fact label="Changed">{amount(counts.changed)}</Fact>
        <Fact label="Unchanged">{amount(counts.same)}</Fact>
        <Fact label="Removed">{amount(counts.removed)}</Fact>
        <Fact label="Calls to TikTok">{amount(counts.calls)}</Fact>
        <Fact label="Waited for the budget">{counts.waitedMs === 0 ? '–' : duration(counts.waitedMs)}</Fact>
        <Fact label="Retries">{amount(totals.retries)}</Fact>
        <Fact label="Answers cut short">{totals.truncated === 0 ? '–' : count(totals.truncated)}</Fact>
      </Facts>
      {totals.metricsDropped.length > 0 && (
        <Text size="sm" mt="sm" className="wrap">
          <strong>Dropped metrics:</strong> TikTok refused {totals.metricsDropped.join(', ')}. Their columns stay empty;
          everything else was read.
        </Text>
      )}
    </Paper>
  )
}
