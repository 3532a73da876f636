import { Group, Stack, Text } from '@mantine/core'
import { IconChevronRight, IconCircleCheckFilled } from '@tabler/icons-react'
import type { OpenProblem } from '../../../src/server/contract.ts'
import { StatusIcon } from '../parts/chip.tsx'
import { Card } from '../parts/page.tsx'
import { PathLink } from '../parts/path_link.tsx'
import { HEALTH, type Status } from '../parts/status.ts'
import { TimeAgo } from '../parts/time_ago.tsx'
import styles from './open_problems.module.css'

/** What a person should look at, worst first as the server orders it. */
export function OpenProblems({ problems }: { problems: readonly OpenProblem[] }) {
  return (
    <Card title="Open problems" flush>
      {problems.length === 0 ? (
        <Group gap="xs" px="md" pb="md" wrap="nowrap">
          <StatusIcon status={{ word: 'None', tone: 'good', icon: IconCircleCheckFilled }} />
          <Text size="sm" c="dimmed">
            Nothing needs you
          </Text>
        </Group>
      ) : (
        problems.map((problem) => (
          <ProblemRow key={`${problem.kind} ${problem.link} ${problem.title}`} problem={problem} />
        ))
      )}
    </Card>
  )
}

function ProblemRow({ problem }: { problem: OpenProblem }) {
  return (
    <PathLink path={problem.link} className={styles['row']!} data-row>
      <StatusIcon status={statusOf(problem)} size={17} />
      <Stack gap={0} flex={1} miw={0}>
        <Text size="sm" fw={600} className="wrap">
          {problem.title}
        </Text>
        <Text size="xs" c="dimmed" className="wrap" lineClamp={3}>
          {problem.detail}
        </Text>
        {problem.since !== null && (
          <Text size="xs" c="dimmed">
            since <TimeAgo at={problem.since} />
          </Text>
        )}
      </Stack>
      <IconChevronRight size={16} aria-hidden color="var(--muted)" />
    </PathLink>
  )
}

function statusOf({ kind }: OpenProblem): Status {
  switch (kind) {
    case 'retrying':
    case 'rejected':
      return HEALTH.retrying
    case 'test_code':
      return HEALTH.idle
    default:
      return HEALTH.action_required
  }
}
