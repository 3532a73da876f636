import { Button, Group, Paper, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { IconMailCheck, IconPencil, IconRefresh } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { DeadGroup, EventList, EventRow, Replay } from '../../../src/server/contract.ts'
import { usePost } from '../api/changes.ts'
import { call } from '../api/client.ts'
import { queryString } from '../api/queries.ts'
import { count } from '../parts/amounts.ts'
import { Answer } from '../parts/answer.tsx'
import { Empty } from '../parts/empty.tsx'
import { Failure } from '../parts/failure.tsx'
import { Page } from '../parts/page.tsx'
import { TextLink } from '../parts/text_link.tsx'
import { TimeAgo } from '../parts/time_ago.tsx'
import styles from './dead_letters.module.css'
import { EventEditor } from './event_editor.tsx'
import type { DeadFilters } from './filters.ts'
import { ReplayGroup } from './replay_group.tsx'

const PAGE_SIZE = 50
const BACK = { to: '/dead-letters', label: 'Dead letters' }

/** One cause and the events it stopped. */
export function DeadGroupPage({ open, group }: { open: DeadFilters; group: DeadGroup | undefined }) {
  if (!group) return <Settled />
  return (
    <Page
      title={`Dead letters of ${group.sync}`}
      about={<span className="mono wrap">{group.field ? `${group.code} · ${group.field}` : group.code}</span>}
      back={BACK}
      actions={<ReplayGroup group={group} />}
    >
      <Cause group={group} />
      <DeadEvents open={open} />
    </Page>
  )
}

const Cause = ({ group }: { group: DeadGroup }) => (
  <Paper withBorder p="md" component="section" aria-label="Cause">
    <Text fw={650} className="wrap">
      {group.message}
    </Text>
    {group.remedy && (
      <Text size="sm" mt={4} className="wrap">
        <strong>What to do:</strong> {group.remedy}
      </Text>
    )}
    <Group gap="xl" mt="sm">
      <Fact label="Events" text={count(group.count)} />
      <Fact label="First" text={<TimeAgo at={group.firstAt} />} />
      <Fact label="Last" text={<TimeAgo at={group.lastAt} />} />
    </Group>
  </Paper>
)

const Fact = ({ label, text }: { label: string; text: React.ReactNode }) => (
  <div>
    <Text size="xs" c="dimmed">
      {label}
    </Text>
    <Text fw={600} className="tabular">
      {text}
    </Text>
  </div>
)

const Settled = () => (
  <Page title="Dead letters" back={BACK}>
    <Empty
      icon={IconMailCheck}
      title="This group is empty now"
      action={
        <Button component={Link} to="/dead-letters" variant="default">
          See the other groups
        </Button>
      }
    >
      Its events were replayed, or the last of them was settled.
    </Empty>
  </Page>
)

function DeadEvents({ open }: { open: DeadFilters }) {
  const [edited, setEdited] = useState<number | null>(null)
  const [editing, { open: openEditor, close }] = useDisclosure(false)
  const pages = useInfiniteQuery({
    queryKey: ['events', 'dead', open],
    queryFn: ({ pageParam, signal }) =>
      call<EventList>(
        'GET',
        `/events${queryString({ standing: 'dead', ...open, before: pageParam, limit: PAGE_SIZE })}`,
        undefined,
        signal,
      ),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (last: EventList) => last.next ?? undefined,
  })
  const edit = (id: number) => {
    setEdited(id)
    openEditor()
  }
  return (
    <Answer query={pages}>
      {(found) => (
        <Stack gap="xs">
          <Paper withBorder component="ul" className={styles['groups']!} aria-label="Events of this group">
            {found.pages
              .flatMap(({ events }) => events)
              .map((row) => (
                <li key={row.id}>
                  <DeadEvent row={row} onEdit={() => edit(row.id)} />
                </li>
              ))}
          </Paper>
          {pages.hasNextPage && (
            <Button variant="subtle" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
              Older events
            </Button>
          )}
          <EventEditor id={edited} opened={editing} onClose={close} />
        </Stack>
      )}
    </Answer>
  )
}

function DeadEvent({ row, onEdit }: { row: EventRow; onEdit: () => void }) {
  const retry = usePost<Replay, object>('/replay')
  const again = () =>
    retry.mutate(
      { ids: [row.id], preview: false },
      { onSuccess: () => notifications.show({ message: `${row.name} is in line again` }) },
    )
  return (
    <div className={styles['event']}>
      <Text size="xs" c="dimmed">
        <TimeAgo at={row.receivedAt} />
      </Text>
      <div style={{ minWidth: 0 }}>
        <TextLink to="/events/$id" params={{ id: String(row.id) }} size="sm" fw={600} className="wrap" data-row>
          {row.name}
        </TextLink>
        <Text size="xs" c="dimmed" className="wrap">
          {row.source} · {row.messageId}
        </Text>
        <Failure error={retry.error} />
      </div>
      <Group gap="xs">
        <Button size="compact-sm" variant="default" leftSection={<IconPencil size={13} />} onClick={onEdit}>
          Edit
        </Button>
        <Button
          size="compact-sm"
          variant="light"
          leftSection={<IconRefresh size={13} />}
          loading={retry.isPending}
          onClick={again}
        >
          Retry
        </Button>
      </Group>
    </div>
  )
}
