import { Badge, Button, Group, List, Stack, Table, Text } from '@mantine/core'
import { IconAlertOctagonFilled, IconCircleCheckFilled } from '@tabler/icons-react'
import type { ReportCheck } from '../../../src/server/contract_streams.ts'
import { counted } from '../parts/amounts.ts'
import { Chip } from '../parts/chip.tsx'
import { Code } from '../parts/code.tsx'
import { Fact, Facts } from '../parts/facts.tsx'
import { Notice } from '../parts/notice.tsx'
import { Card } from '../parts/page.tsx'
import { latencyText } from '../schema/words.ts'
import type { Clash } from './draft.ts'
import styles from './reports.module.css'

interface OutcomeProps {
  /** Undefined while it is being asked for. */
  readonly check: ReportCheck | undefined
  readonly clashes: readonly Clash[]
  readonly isStale: boolean
  readonly onMend: () => void
}

/** What the choices come to: the key, the columns, how soon they are there, and what it costs; or what is in the way. */
export function Outcome({ check, clashes, isStale, onMend }: OutcomeProps) {
  const problems = check?.problems ?? []
  const table = check?.table ?? null
  return (
    <Card
      title="What it becomes"
      aside={
        check && (
          <Chip
            status={
              table
                ? { word: 'Possible', tone: 'good', icon: IconCircleCheckFilled }
                : { word: 'Not possible', tone: 'bad', icon: IconAlertOctagonFilled }
            }
          />
        )
      }
    >
      <Stack gap="md" aria-live="polite" style={{ opacity: isStale ? 0.6 : 1 }}>
        {problems.length > 0 && <Problems problems={problems} clashes={clashes} onMend={onMend} />}
        {table && check && (
          <>
            <Facts>
              <Fact label="Table">
                <span className="mono">{table.name}</span>
              </Fact>
              <Fact label="Key">
                <Group gap={6} component="span">
                  {table.key.map((name) => (
                    <Badge key={name} variant="default" radius="sm" tt="none" className="mono">
                      {name}
                    </Badge>
                  ))}
                </Group>
              </Fact>
              <Fact label="Columns">{table.columns.length}</Fact>
              <Fact label="Latency">{latencyText(slowest(table.columns))}</Fact>
              <Fact label="Cost">
                {check.callsPerDay === null
                  ? '–'
                  : `${counted(check.callsPerDay, 'call')} per advertiser and day, at least`}
              </Fact>
            </Facts>
            <ColumnsTable table={table} />
            {check.ddl.length > 0 && (
              <details>
                <summary>Statements that make it</summary>
                <Code
                  text={check.ddl.map((statement) => `${statement.replace(/;?\s*$/, '')};`).join('\n')}
                  label="statements"
                  maxHeight={260}
                />
              </details>
            )}
          </>
        )}
      </Stack>
    </Card>
  )
}

const slowest = (columns: NonNullable<ReportCheck['table']>['columns']): number | null =>
  columns.reduce<number | null>(
    (most, { latencyHours }) => (latencyHours === null ? most : Math.max(most ?? 0, latencyHours)),
    null,
  )

interface ProblemsProps {
  readonly problems: ReportCheck['problems']
  readonly clashes: readonly Clash[]
  readonly onMend: () => void
}

const Problems = ({ problems, clashes, onMend }: ProblemsProps) => (
  <Notice tone="bad" icon={IconAlertOctagonFilled} title="TikTok would refuse this">
    <Stack gap="xs" align="flex-start">
      <List size="sm" spacing={2}>
        {problems.map(({ path, message, rule }) => (
          <List.Item key={`${path} ${message}`} className="wrap">
            {message}
            {rule && (
              <Text span size="xs" c="dimmed">
                {' '}
                {rule}
              </Text>
            )}
          </List.Item>
        ))}
      </List>
      {clashes.some(({ field }) => field === 'dimensions' || field === 'metrics') && (
        <Button size="xs" variant="default" onClick={onMend}>
          Take out what clashes
        </Button>
      )}
    </Stack>
  </Notice>
)

const ColumnsTable = ({ table }: { table: NonNullable<ReportCheck['table']> }) => (
  <div className={styles['columns']}>
    <Table verticalSpacing={4} stickyHeader>
      <Table.Thead bg="var(--surface)">
        <Table.Tr>
          <Table.Th>Column</Table.Th>
          <Table.Th>Type</Table.Th>
          <Table.Th>Latency</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {table.columns.map(({ name, type, about, latencyHours }) => (
          <Table.Tr key={name}>
            <Table.Td className="mono wrap" title={about}>
              {name}
            </Table.Td>
            <Table.Td>{type}</Table.Td>
            <Table.Td className="nowrap">{latencyHours === null ? 'within the hour' : `${latencyHours} h`}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  </div>
)
