import { Button, Group, Stack, Tabs, Text } from '@mantine/core'
import { IconPlayerPauseFilled } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import type { Resource } from '../../../src/server/contract.ts'
import type { SyncStreams } from '../../../src/server/contract_streams.ts'
import { usePost } from '../api/changes.ts'
import { resourceQuery } from '../api/queries.ts'
import { type ConnectionSpec, plain, typed } from '../api/specs.ts'
import { runsQuery, syncStreamsQuery } from '../api/stream_queries.ts'
import { Answer } from '../parts/answer.tsx'
import { HealthChip } from '../parts/chip.tsx'
import { Failure } from '../parts/failure.tsx'
import { Notice } from '../parts/notice.tsx'
import { Card, Page } from '../parts/page.tsx'
import { RemoveButton } from '../parts/remove_button.tsx'
import { FilesNote } from '../parts/resource_page.tsx'
import { ShowAs } from '../parts/show_as.tsx'
import { RunTable } from '../runs/run_table.tsx'
import { ConnectionFacts } from './connection_facts.tsx'
import { type StreamFilters, TABS, type Tab } from './filters.ts'
import { RunActions } from './run_actions.tsx'
import { SettingsPanel } from './settings_panel.tsx'
import { StreamsPanel } from './streams_panel.tsx'

const TAB_TITLE: Record<Tab, string> = { streams: 'Streams', runs: 'Runs', settings: 'Settings' }

/** `/connections/$name`: one sync from TikTok: its streams, its runs and its settings. */
export function ConnectionScreen() {
  const { name } = useParams({ from: '/shell/connections/$name' })
  const connection = useQuery(resourceQuery('sync', name))
  const streams = useQuery(syncStreamsQuery(name))
  return (
    <Answer query={connection}>
      {(resource) => (
        <Answer query={streams} rows={8}>
          {(found) => <ConnectionPage key={name} resource={resource} found={found} />}
        </Answer>
      )}
    </Answer>
  )
}

function ConnectionPage({ resource, found }: { resource: Resource; found: SyncStreams }) {
  const connection = typed<ConnectionSpec>(resource)
  const filters = useSearch({ from: '/shell/connections/$name' })
  const navigate = useNavigate()
  const setFilters = (search: StreamFilters) =>
    void navigate({
      to: '/connections/$name',
      params: { name: resource.name },
      search,
      replace: true,
      resetScroll: false,
    })
  const tab = filters.tab ?? 'streams'
  return (
    <Page
      title={resource.name}
      about={
        <Group gap="xs" mt={4}>
          <HealthChip health={found.health} because={found.because} /> <span className="wrap">{found.because}</span>
        </Group>
      }
      back={{ to: '/connections', label: 'Connections' }}
      actions={
        <>
          <RunActions connection={connection} found={found} />
          <ShowAs kind="sync" name={resource.name} spec={plain(connection.spec)} />
          <RemoveButton kind="sync" name={resource.name} list="/connections">
            TikTok is no longer read into {found.warehouse}. The tables in schema {found.schema} stay as they are.
          </RemoveButton>
        </>
      }
    >
      <FilesNote resource={resource} />
      {found.health === 'action_required' && <ActionRequired found={found} />}
      <Stack gap="md">
        <ConnectionFacts connection={connection} found={found} />
        <Tabs
          value={tab}
          onChange={(next) => setFilters(next === 'streams' ? {} : { tab: next as Tab })}
          keepMounted={false}
        >
          <Tabs.List mb="md">
            {TABS.map((one) => (
              <Tabs.Tab key={one} value={one}>
                {TAB_TITLE[one]}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value="streams">
            <StreamsPanel connection={connection} found={found} filters={filters} onFilter={setFilters} />
          </Tabs.Panel>
          <Tabs.Panel value="runs">
            <RunsPanel sync={resource.name} />
          </Tabs.Panel>
          <Tabs.Panel value="settings">
            <SettingsPanel key={resource.revision} connection={connection} />
          </Tabs.Panel>
        </Tabs>
      </Stack>
    </Page>
  )
}

/** What a person must do, and the button that lets it run again afterwards. */
function ActionRequired({ found }: { found: SyncStreams }) {
  const resume = usePost<null>(`/syncs/${encodeURIComponent(found.sync)}/resume`)
  return (
    <Notice tone="bad" icon={IconPlayerPauseFilled} title="It waits for you">
      <Stack gap="xs" align="flex-start">
        <Text size="sm" className="wrap">
          {found.because}. What the warehouse holds stays; the next run reads what is missing.
        </Text>
        <Failure error={resume.error} />
        <Button size="xs" variant="default" loading={resume.isPending} onClick={() => resume.mutate(undefined)}>
          It is mended: resume
        </Button>
      </Stack>
    </Notice>
  )
}

function RunsPanel({ sync }: { sync: string }) {
  const runs = useQuery(runsQuery({ sync, limit: 50 }))
  return (
    <Card flush>
      <Answer query={runs}>
        {({ runs: found }) =>
          found.length === 0 ? (
            <Text size="sm" c="dimmed" p="md">
              No run yet. "Run now" starts the first.
            </Text>
          ) : (
            <RunTable runs={found} withSync={false} />
          )
        }
      </Answer>
    </Card>
  )
}
