import { Button, Table, Text } from '@mantine/core'
import { IconPlus, IconReportAnalytics } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Resource } from '../../../src/server/contract.ts'
import { resourcesQuery } from '../api/queries.ts'
import { type ReportSpec, typed } from '../api/specs.ts'
import { Answer } from '../parts/answer.tsx'
import { HealthChip } from '../parts/chip.tsx'
import { Empty } from '../parts/empty.tsx'
import { Card, Page } from '../parts/page.tsx'
import { TextLink } from '../parts/text_link.tsx'
import { TimeAgo } from '../parts/time_ago.tsx'

/** `/reports`: tables of one's own making. */
export function ReportsScreen() {
  const reports = useQuery(resourcesQuery('report'))
  const isEmpty = reports.data?.length === 0
  return (
    <Page
      title="Custom reports"
      about="Tables of your own making; each is a stream of every connection"
      actions={isEmpty ? null : <NewReport />}
    >
      <Answer query={reports}>
        {(found) =>
          found.length === 0 ? (
            <Empty icon={IconReportAnalytics} title="No custom report yet" action={<NewReport />}>
              Choose level, dimensions and metrics. What TikTok would refuse is greyed and says why, before anything is
              saved.
            </Empty>
          ) : (
            <ReportTable reports={found} />
          )
        }
      </Answer>
    </Page>
  )
}

const NewReport = () => (
  <Button component={Link} to="/new-report" leftSection={<IconPlus size={16} />}>
    New report
  </Button>
)

const ReportTable = ({ reports }: { reports: readonly Resource[] }) => (
  <Card flush>
    <Table.ScrollContainer minWidth={760} type="native">
      <Table highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Report</Table.Th>
            <Table.Th>State</Table.Th>
            <Table.Th>A row is about</Table.Th>
            <Table.Th>Broken down by</Table.Th>
            <Table.Th ta="right">Metrics</Table.Th>
            <Table.Th>Changed</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {reports.map((report) => (
            <ReportRow key={report.name} report={report} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  </Card>
)

const LEVEL: Record<ReportSpec['data_level'], string> = {
  advertiser: 'an advertiser',
  campaign: 'a campaign',
  adgroup: 'an ad group',
  ad: 'an ad',
}

const TIME: Record<ReportSpec['aggregation'], string> = {
  hour: 'and an hour',
  day: 'and a day',
  lifetime: 'over its lifetime',
}

function ReportRow({ report }: { report: Resource }) {
  const { type, data_level: level, aggregation, dimensions = [], metrics } = typed<ReportSpec>(report).spec
  return (
    <Table.Tr>
      <Table.Td maw={260}>
        <TextLink to="/reports/$name" params={{ name: report.name }} fw={600} className="wrap" data-row>
          {report.name}
        </TextLink>
        <Text size="xs" c="dimmed">
          {type === 'basic' ? 'Basic' : 'Audience'}
        </Text>
      </Table.Td>
      <Table.Td maw={260}>
        <HealthChip health={report.state.health} because={report.state.because} />
      </Table.Td>
      <Table.Td>
        {LEVEL[level]} {TIME[aggregation]}
      </Table.Td>
      <Table.Td className="mono wrap">{dimensions.join(', ') || '–'}</Table.Td>
      <Table.Td ta="right" className="tabular">
        {metrics.length}
      </Table.Td>
      <Table.Td className="nowrap">
        <TimeAgo at={report.updatedAt} />
      </Table.Td>
    </Table.Tr>
  )
}
