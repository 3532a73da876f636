import { Button, Group, Paper, Stack, Text } from '@mantine/core'
import { IconActivityHeartbeat, IconPlayerPauseFilled, IconPlayerPlayFilled } from '@tabler/icons-react'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { counted } from '../parts/amounts.ts'
import { Answer } from '../parts/answer.tsx'
import { Empty } from '../parts/empty.tsx'
import { Page } from '../parts/page.tsx'
import { EventRows } from './event_rows.tsx'
import styles from './events.module.css'
import { FilterBar } from './filter_bar.tsx'
import type { EventFilters } from './filters.ts'
import { useLiveRows } from './live_rows.ts'

/** `/events`: what comes in, as it comes in, and what became of it. */
export function EventsScreen() {
  const filters = useSearch({ from: '/shell/events' })
  const navigate = useNavigate()
  const [paused, setPaused] = useState(false)
  const setFilters = (search: EventFilters) => void navigate({ to: '/events', search, replace: true })
  return (
    <Page title="Live events" about="Newest first. A dot is filled for each of the eight keys TikTok can match by">
      <FilterBar filters={filters} onChange={setFilters} />
      <LiveList
        key={JSON.stringify(filters)}
        filters={filters}
        paused={paused}
        onPause={setPaused}
        onClear={() => setFilters({})}
      />
    </Page>
  )
}

interface LiveListProps {
  readonly filters: EventFilters
  readonly paused: boolean
  readonly onPause: (paused: boolean) => void
  readonly onClear: () => void
}

function LiveList({ filters, paused, onPause, onClear }: LiveListProps) {
  const { rows, waiting, live, pages } = useLiveRows(filters, paused)
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <LiveState paused={paused} live={live} waiting={waiting} />
        <Button
          variant="default"
          size="xs"
          leftSection={paused ? <IconPlayerPlayFilled size={13} /> : <IconPlayerPauseFilled size={13} />}
          onClick={() => onPause(!paused)}
        >
          {paused ? 'Resume' : 'Pause'}
        </Button>
      </Group>
      <Answer query={pages} rows={8}>
        {() =>
          rows.length === 0 ? (
            <NoEvents filtered={Object.keys(filters).length > 0} onClear={onClear} />
          ) : (
            <Paper withBorder style={{ overflow: 'hidden' }}>
              <EventRows rows={rows} label="Events" />
            </Paper>
          )
        }
      </Answer>
      {pages.hasNextPage && (
        <Button variant="subtle" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          Older events
        </Button>
      )}
    </Stack>
  )
}

function LiveState({ paused, live, waiting }: { paused: boolean; live: boolean; waiting: number }) {
  const words = paused
    ? `Paused${waiting > 0 ? `, ${counted(waiting, 'change')} waiting` : ''}`
    : live
      ? 'Live'
      : 'Refreshed every 3 s'
  return (
    <Group gap={7}>
      <span className={styles['pulse']} data-live={(live && !paused) || undefined} aria-hidden />
      <Text size="xs" c="dimmed" className="tabular">
        {words}
      </Text>
    </Group>
  )
}

function NoEvents({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  if (filtered) {
    return (
      <Empty
        icon={IconActivityHeartbeat}
        title="No event matches"
        action={<Button onClick={onClear}>Clear the filters</Button>}
      >
        Nothing stored fits all of these filters. New events that do will appear here.
      </Empty>
    )
  }
  return (
    <Empty
      icon={IconActivityHeartbeat}
      title="Waiting for the first event"
      action={
        <Button component={Link} to="/sources">
          Get a snippet
        </Button>
      }
    >
      Send one with the snippet of an event source: it appears here at once.
    </Empty>
  )
}
