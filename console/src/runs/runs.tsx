import { Button, Group, Select } from '@mantine/core'
import { IconPlus, IconTimelineEvent, IconX } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import type { RunList } from '../../../src/server/contract_streams.ts'
import { connectionsQuery, get, queryString } from '../api/queries.ts'
import { Answer } from '../parts/answer.tsx'
import { Empty } from '../parts/empty.tsx'
import { Card, Page } from '../parts/page.tsx'
import { RunTable } from './run_table.tsx'

const PAGE_ROWS = 50

/** `/runs`: every run of every connection, newest first. */
export function RunsScreen() {
  const { sync } = useSearch({ from: '/shell/runs' })
  const navigate = useNavigate()
  const runs = useInfiniteQuery({
    queryKey: ['runs', { sync, paged: true }],
    queryFn: ({ signal, pageParam }) =>
      get<RunList>(`/runs${queryString({ sync, limit: PAGE_ROWS, before: pageParam })}`, signal),
    initialPageParam: '',
    getNextPageParam: ({ runs: page }) => (page.length < PAGE_ROWS ? undefined : page.at(-1)!.id),
    refetchInterval: 5_000,
  })
  return (
    <Page title="Runs" about="Every reading of TikTok into a warehouse, newest first">
      <ConnectionSelect
        value={sync}
        onChange={(next) => void navigate({ to: '/runs', search: next ? { sync: next } : {} })}
      />
      <Answer query={runs}>
        {({ pages }) => {
          const found = pages.flatMap((page) => page.runs)
          if (found.length === 0) return <NoRuns />
          return (
            <>
              <Card flush>
                <RunTable runs={found} withSync />
              </Card>
              {runs.hasNextPage && (
                <Button variant="default" loading={runs.isFetchingNextPage} onClick={() => void runs.fetchNextPage()}>
                  Older runs
                </Button>
              )}
            </>
          )
        }}
      </Answer>
    </Page>
  )
}

const NoRuns = () => (
  <Empty
    icon={IconTimelineEvent}
    title="No run yet"
    action={
      <Button component={Link} to="/connect" leftSection={<IconPlus size={16} />}>
        Connect TikTok to a warehouse
      </Button>
    }
  >
    A run reads TikTok slice by slice and replaces what the warehouse holds of them.
  </Empty>
)

interface ConnectionSelectProps {
  readonly value: string | undefined
  readonly onChange: (sync: string | null) => void
}

/** Narrows a list to one connection. */
export function ConnectionSelect({ value, onChange }: ConnectionSelectProps) {
  const { data: connections = [] } = useQuery(connectionsQuery)
  return (
    <Group gap="xs">
      <Select
        aria-label="Connection"
        placeholder="Any connection"
        w={220}
        clearable
        searchable
        data={connections.map(({ name }) => name)}
        value={value ?? null}
        onChange={onChange}
      />
      {value && (
        <Button variant="subtle" color="gray" leftSection={<IconX size={14} />} onClick={() => onChange(null)}>
          Clear
        </Button>
      )}
    </Group>
  )
}
