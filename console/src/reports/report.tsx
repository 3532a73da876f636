import { Grid, Group, Stack, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconAlertTriangleFilled } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { Resource } from '../../../src/server/contract.ts'
import type { ReportCheck } from '../../../src/server/contract_streams.ts'
import { resourceQuery } from '../api/queries.ts'
import { plain, type ReportSpec, typed } from '../api/specs.ts'
import { askedQuery, choicesQuery } from '../api/stream_queries.ts'
import { Answer } from '../parts/answer.tsx'
import { HealthChip } from '../parts/chip.tsx'
import { Failure } from '../parts/failure.tsx'
import { Notice } from '../parts/notice.tsx'
import { Page } from '../parts/page.tsx'
import { RemoveButton } from '../parts/remove_button.tsx'
import { FilesNote } from '../parts/resource_page.tsx'
import { ShowAs } from '../parts/show_as.tsx'
import { DimensionColumn } from './dimension_column.tsx'
import { choicesAsked, clashesOf, FIRST_REPORT, withoutClashes } from './draft.ts'
import { MetricColumn } from './metric_column.tsx'
import { Outcome } from './outcome.tsx'
import { ReportPreview } from './report_preview.tsx'
import { SaveReport } from './save_report.tsx'
import { ShapeColumn } from './shape_column.tsx'

// A check after each click would ask for what is clicked away at once.
const CLICKING_MS = 250

/** `/new-report`: a table of one's own, checked by TikTok's rules while it is put together. */
export function NewReportScreen() {
  return (
    <Page
      title="New report"
      about="Choose what a row is about and what it tells; what TikTok would refuse is greyed and says why"
      back={{ to: '/reports', label: 'Custom reports' }}
    >
      <Builder saved={null} />
    </Page>
  )
}

/** `/reports/$name`: a report that is stored. */
export function ReportScreen() {
  const { name } = useParams({ from: '/shell/reports/$name' })
  const report = useQuery(resourceQuery('report', name))
  return <Answer query={report}>{(found) => <ReportPage key={name} report={found} />}</Answer>
}

function ReportPage({ report }: { report: Resource }) {
  const { name, spec, state } = report
  return (
    <Page
      title={name}
      about={
        <Group gap="xs" mt={4}>
          <HealthChip health={state.health} /> {state.because}
        </Group>
      }
      back={{ to: '/reports', label: 'Custom reports' }}
      actions={
        <>
          <ShowAs kind="report" name={name} spec={spec} />
          <RemoveButton kind="report" name={name} list="/reports">
            Connections stop reading it. The tables they have filled stay as they are.
          </RemoveButton>
        </>
      }
    >
      <FilesNote resource={report} />
      <Builder key={report.revision} saved={report} />
    </Page>
  )
}

function Builder({ saved }: { saved: Resource | null }) {
  const before = saved ? typed<ReportSpec>(saved).spec : null
  const [spec, setSpec] = useState<ReportSpec>(before ?? FIRST_REPORT)
  const [name, setName] = useState(saved?.name ?? '')
  const choices = useQuery(choicesQuery(choicesAsked(spec)))
  const [asked] = useDebouncedValue({ name: name || 'report', spec }, CLICKING_MS)
  const check = useQuery(askedQuery<ReportCheck>('/reporting/check', { ...asked, spec: plain(asked.spec) }))
  const change = (some: Partial<ReportSpec>) => setSpec((last) => ({ ...last, ...some }))
  const clashes = choices.data ? clashesOf(spec, choices.data) : []
  return (
    <Answer query={choices} rows={10}>
      {(known) => (
        <Stack gap="md">
          <Grid gap="md">
            <Grid.Col span={{ base: 12, sm: 6, lg: 3 }}>
              <ShapeColumn spec={spec} choices={known} onChange={change} />
            </Grid.Col>
            <Grid.Col span={{ base: 12, sm: 6, lg: 4 }}>
              <DimensionColumn spec={spec} choices={known} onChange={change} />
            </Grid.Col>
            <Grid.Col span={{ base: 12, lg: 5 }}>
              <MetricColumn spec={spec} choices={known} onChange={change} />
            </Grid.Col>
          </Grid>
          {spec.filters && <Filters filters={spec.filters} />}
          <Failure error={check.error} />
          <Outcome
            check={check.data}
            clashes={clashes}
            isStale={check.isPlaceholderData}
            onMend={() => setSpec(withoutClashes(spec, clashes))}
          />
          {before && <OtherKey before={before} now={spec} />}
          <ReportPreview spec={spec} isPossible={check.data?.table != null} />
          <SaveReport
            saved={saved}
            name={name}
            onName={setName}
            spec={spec}
            isPossible={check.data?.table != null && !check.isPlaceholderData}
          />
        </Stack>
      )}
    </Answer>
  )
}

/** What the table is told apart by has changed: that is another table to those who read it. */
function OtherKey({ before, now }: { before: ReportSpec; now: ReportSpec }) {
  const keyOf = ({ type, data_level, dimensions = [], aggregation }: ReportSpec) =>
    JSON.stringify([type, data_level, [...dimensions].sort(), aggregation])
  if (keyOf(before) === keyOf(now)) return null
  return (
    <Notice tone="late" icon={IconAlertTriangleFilled} title="Its key changes">
      <Text size="sm">
        Rows would be told apart in another way than in the tables that connections have filled. Those connections pause
        until you have decided under Schema changes. A report under a new name leaves the old table alone.
      </Text>
    </Notice>
  )
}

/** Filters are written in files; here they are shown and kept. */
const Filters = ({ filters }: { filters: NonNullable<ReportSpec['filters']> }) => (
  <Notice tone="off">
    <Text size="sm" className="wrap">
      Only rows where{' '}
      {filters.map(({ field, type = 'IN', values }) => `${field} ${type} ${values.join(', ')}`).join(' and ')}. Filters
      are kept as they are.
    </Text>
  </Notice>
)
