import { Button, Group, SegmentedControl, Stack } from '@mantine/core'
import { IconCircleCheck, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { schemaChangesQuery } from '../api/stream_queries.ts'
import { Answer } from '../parts/answer.tsx'
import { Empty } from '../parts/empty.tsx'
import { Page } from '../parts/page.tsx'
import { TextLink } from '../parts/text_link.tsx'
import { ConnectionSelect } from '../runs/runs.tsx'
import { ChangeCard } from './change_card.tsx'
import { type ChangeFilters, readChangeFilters } from './filters.ts'

/** `/schema-changes`: tables that are to get another shape, and what was decided before. */
export function SchemaChangesScreen() {
  const filters = useSearch({ from: '/shell/schema-changes' })
  const navigate = useNavigate()
  const { sync, table, show } = filters
  const changes = useQuery(schemaChangesQuery({ sync, open: show === 'all' ? undefined : 'true' }))
  const set = (change: { readonly [K in keyof ChangeFilters]: string | null }) =>
    void navigate({ to: '/schema-changes', search: readChangeFilters({ ...filters, ...change }), replace: true })
  return (
    <Page title="Schema changes" about="Tables that are to get another shape; what waits for you comes first">
      <Group gap="xs">
        <SegmentedControl
          size="xs"
          aria-label="Which changes"
          data={[
            { value: 'open', label: 'Waiting' },
            { value: 'all', label: 'All' },
          ]}
          value={show ?? 'open'}
          onChange={(next) => set({ show: next })}
        />
        <ConnectionSelect value={sync} onChange={(next) => set({ sync: next })} />
        {table && (
          <Button variant="light" size="xs" rightSection={<IconX size={14} />} onClick={() => set({ table: null })}>
            Only {table}
          </Button>
        )}
      </Group>
      <Answer query={changes}>
        {(found) => {
          const shown = found.filter((change) => !table || change.table === table)
          if (shown.length === 0) return <NoChange withHistory={show !== 'all'} />
          return (
            <Stack gap="md">
              {shown.toSorted(openFirst).map((change) => (
                <ChangeCard key={change.id} row={change} />
              ))}
            </Stack>
          )
        }}
      </Answer>
    </Page>
  )
}

const openFirst = (a: { decision: string | null; detectedAt: number }, b: typeof a): number =>
  Number(a.decision !== null) - Number(b.decision !== null) || b.detectedAt - a.detectedAt

const NoChange = ({ withHistory }: { withHistory: boolean }) => (
  <Empty
    icon={IconCircleCheck}
    title={withHistory ? 'No change waits for you' : 'No table has changed yet'}
    action={
      withHistory && (
        <TextLink to="/schema-changes" search={{ show: 'all' }}>
          Show what was decided before
        </TextLink>
      )
    }
  >
    TikTok adds and withdraws fields. What a connection's policy does not settle by itself stands here, with the
    statements it would run.
  </Empty>
)
