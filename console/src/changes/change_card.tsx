import { Button, Grid, Group, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { SchemaChangeRow } from '../../../src/server/contract_streams.ts'
import { usePost } from '../api/changes.ts'
import { policyTitle } from '../connect/policy_input.tsx'
import { Chip } from '../parts/chip.tsx'
import { Code } from '../parts/code.tsx'
import { Failure } from '../parts/failure.tsx'
import { Card } from '../parts/page.tsx'
import { SEVERITY } from '../parts/stream_status.ts'
import { TextLink } from '../parts/text_link.tsx'
import { TimeAgo } from '../parts/time_ago.tsx'
import { changeText } from './change_text.ts'
import styles from './changes.module.css'

type Decision = NonNullable<SchemaChangeRow['decision']>

const DECIDED: Record<Decision, string> = {
  accept: 'Accepted',
  ignore: 'Ignored',
  pause: 'Paused',
}

const DONE: Record<Decision, string> = {
  accept: 'The change is made before the next run',
  ignore: 'The table stays as it is',
  pause: 'The connection stands still until you decide otherwise',
}

/** One change: before and after, the statements it comes to, who is touched, and the decision. */
export function ChangeCard({ row }: { row: SchemaChangeRow }) {
  const { title, before, after, meaning } = changeText(row.change)
  return (
    <Card
      title={title}
      aside={
        <Group gap="xs">
          <Chip status={SEVERITY[row.severity]} />
          <Text size="xs" c="dimmed">
            seen <TimeAgo at={row.detectedAt} />
          </Text>
        </Group>
      }
    >
      <Stack gap="md">
        <Text size="sm" c="dimmed" className="wrap">
          <TextLink to="/connections/$name" params={{ name: row.sync }} search={{}} size="sm">
            {row.sync}
          </TextLink>
          , table{' '}
          <TextLink to="/schema" search={{ sync: row.sync, table: row.table }} size="sm">
            {row.table}
          </TextLink>{' '}
          · policy: {policyTitle(row.policy).toLowerCase()}
        </Text>
        <div className={styles['sides']}>
          <Side label="Before" tone="removed">
            {before}
          </Side>
          <Side label="After" tone="added">
            {after}
          </Side>
        </div>
        <Text size="sm">{meaning}</Text>
        <Grid gap="md">
          <Grid.Col span={{ base: 12, md: 8 }}>
            <Text size="xs" c="dimmed" mb={4}>
              {row.decision === 'accept' ? 'Statements that were run' : 'Statements that accepting it runs'}
            </Text>
            {row.ddl.length === 0 ? (
              <Text size="sm">None: nothing changes in the warehouse</Text>
            ) : (
              <Code
                text={row.ddl.map((statement) => `${statement.replace(/;?\s*$/, '')};`).join('\n')}
                label="statements"
                maxHeight={220}
              />
            )}
          </Grid.Col>
          <Grid.Col span={{ base: 12, md: 4 }}>
            <Text size="xs" c="dimmed" mb={4}>
              Sample values
            </Text>
            <Text size="sm" className="mono wrap">
              {row.samples.length === 0 ? '–' : row.samples.join(' · ')}
            </Text>
            <Text size="xs" c="dimmed" mb={4} mt="sm">
              Custom reports it touches
            </Text>
            <Text size="sm" className="wrap">
              {row.affectedReports.length === 0 ? 'None' : row.affectedReports.join(', ')}
            </Text>
          </Grid.Col>
        </Grid>
        {row.decision === null ? <Decide row={row} /> : <Decided row={row} decision={row.decision} />}
      </Stack>
    </Card>
  )
}

interface SideProps {
  readonly label: string
  readonly tone: 'removed' | 'added'
  readonly children: string
}

const Side = ({ label, tone, children }: SideProps) => (
  <div className={styles['side']} data-tone={tone}>
    <Text size="xs" fw={600}>
      {label}
    </Text>
    <Text size="sm" className="wrap">
      {children}
    </Text>
  </div>
)

function Decide({ row }: { row: SchemaChangeRow }) {
  const decide = usePost<SchemaChangeRow, { decision: Decision }>(`/schema-changes/${encodeURIComponent(row.id)}`)
  const say = (decision: Decision) =>
    decide.mutate({ decision }, { onSuccess: () => notifications.show({ message: DONE[decision] }) })
  const isDoing = (decision: Decision) => decide.isPending && decide.variables?.decision === decision
  return (
    <Stack gap="xs">
      <Failure error={decide.error} />
      <Group gap="xs">
        <Button size="xs" loading={isDoing('accept')} disabled={decide.isPending} onClick={() => say('accept')}>
          Accept
        </Button>
        <Button
          size="xs"
          variant="default"
          loading={isDoing('ignore')}
          disabled={decide.isPending}
          onClick={() => say('ignore')}
        >
          Ignore
        </Button>
        <Button
          size="xs"
          variant="default"
          loading={isDoing('pause')}
          disabled={decide.isPending}
          onClick={() => say('pause')}
        >
          Pause the connection
        </Button>
      </Group>
    </Stack>
  )
}

const Decided = ({ row, decision }: { row: SchemaChangeRow; decision: Decision }) => (
  <Text size="sm" c="dimmed">
    {DECIDED[decision]} by {row.decidedBy ?? 'the policy'} <TimeAgo at={row.decidedAt} />
  </Text>
)
