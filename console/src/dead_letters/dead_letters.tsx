import { Button, Paper } from '@mantine/core'
import { IconMailCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import type { DeadGroup } from '../../../src/server/contract.ts'
import { deadLettersQuery } from '../api/queries.ts'
import { count } from '../parts/amounts.ts'
import { Answer } from '../parts/answer.tsx'
import { Empty } from '../parts/empty.tsx'
import { Page } from '../parts/page.tsx'
import { TimeAgo } from '../parts/time_ago.tsx'
import { DeadGroupPage } from './dead_group.tsx'
import styles from './dead_letters.module.css'
import { filtersOf, isGroup } from './filters.ts'

/** `/dead-letters`: events that need a person, grouped by cause; with a group in the address, that group. */
export function DeadLettersScreen() {
  const open = useSearch({ from: '/shell/dead-letters' })
  const letters = useQuery(deadLettersQuery)
  if (open.code) {
    return (
      <Answer query={letters}>
        {({ groups }) => <DeadGroupPage open={open} group={groups.find((group) => isGroup(group, open))} />}
      </Answer>
    )
  }
  return (
    <Page title="Dead letters" about="Events that will not arrive until a person changes something. None is lost">
      <Answer query={letters}>
        {({ groups }) => (groups.length === 0 ? <NoLetters /> : <Groups groups={groups} />)}
      </Answer>
    </Page>
  )
}

const Groups = ({ groups }: { groups: readonly DeadGroup[] }) => (
  <Paper withBorder component="ul" className={styles['groups']!} aria-label="Groups by cause">
    {groups.map((group) => (
      <li key={`${group.sync} ${group.code}`}>
        <GroupRow group={group} />
      </li>
    ))}
  </Paper>
)

function GroupRow({ group }: { group: DeadGroup }) {
  return (
    <Link to="/dead-letters" search={filtersOf(group)} className={styles['group']!} data-row>
      <span className={styles['count']}>{count(group.count)}</span>
      <span className={styles['cause']}>
        <span className={styles['message']}>{group.message}</span>
        {group.remedy && <span className={styles['remedy']}>{group.remedy}</span>}
        <span className={styles['code']}>
          {group.code}
          {group.field ? ` · ${group.field}` : ''}
        </span>
      </span>
      <span className={styles['when']}>
        <span className="wrap">{group.sync}</span>
        <span>
          <TimeAgo at={group.lastAt} />, first <TimeAgo at={group.firstAt} />
        </span>
      </span>
    </Link>
  )
}

const NoLetters = () => (
  <Empty
    icon={IconMailCheck}
    title="No dead letters"
    action={
      <Button component={Link} to="/events" variant="default">
        See live events
      </Button>
    }
  >
    An event comes here when TikTok refused it for good, when it lacks a required field, or when trying again was given
    up.
  </Empty>
)
