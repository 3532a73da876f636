import { Group, Paper, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { eventsQuery, summaryQuery } from '../api/queries.ts'
import { count } from '../parts/amounts.ts'
import { TextLink } from '../parts/text_link.tsx'
import { TimeAgo } from '../parts/time_ago.tsx'

/** What this source sent: accepted, refused, and when last. */
export function Intake({ name }: { name: string }) {
  const { data: summary } = useQuery(summaryQuery)
  const { data: latest } = useQuery({ ...eventsQuery({ source: name, limit: 1 }), refetchInterval: 5_000 })
  const books = summary?.sources.find((source) => source.name === name)
  const last = latest?.events[0]
  return (
    <Paper withBorder p="md" component="section" aria-label="Intake">
      <Group gap="xl">
        <Figure label="Accepted">{books ? count(books.accepted) : '–'}</Figure>
        <Figure label="Delivered">{books ? count(books.delivered) : '–'}</Figure>
        <Figure label="Duplicate">{books ? count(books.duplicate) : '–'}</Figure>
        <Figure label="Rejected at the door">{books ? count(books.rejected) : '–'}</Figure>
        <Figure label="Last event">
          <TimeAgo at={last?.receivedAt ?? null} />
        </Figure>
        <TextLink to="/events" search={{ source: name }} size="sm" ml="auto">
          See its live events
        </TextLink>
      </Group>
    </Paper>
  )
}

const Figure = ({ label, children }: { label: string; children: ReactNode }) => (
  <div>
    <Text size="xs" c="dimmed">
      {label}
    </Text>
    <Text fw={600} className="tabular">
      {children}
    </Text>
  </div>
)
