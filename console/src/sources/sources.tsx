import { Button, Modal } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlugConnected, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import type { Resource, Summary } from '../../../src/server/contract.ts'
import { resourcesQuery, summaryQuery } from '../api/queries.ts'
import { type SourceSpec, typed } from '../api/specs.ts'
import { briefCount } from '../parts/amounts.ts'
import { Answer } from '../parts/answer.tsx'
import { Empty } from '../parts/empty.tsx'
import { Page } from '../parts/page.tsx'
import { ResourceTable } from '../parts/resource_table.tsx'
import { SourceForm } from './source_form.tsx'

/** `/sources`: where events come from. */
export function SourcesScreen() {
  const sources = useQuery(resourcesQuery('event_source'))
  const { data: summary } = useQuery(summaryQuery)
  const [creating, { open, close }] = useDisclosure(false)
  const router = useRouter()
  const create = (
    <Button leftSection={<IconPlus size={16} />} onClick={open}>
      New source
    </Button>
  )
  const isEmpty = sources.data?.length === 0
  return (
    <Page title="Event sources" about="Each has a write key that your SDKs send with" actions={isEmpty ? null : create}>
      <Answer query={sources}>
        {(found) =>
          found.length === 0 ? (
            <Empty icon={IconPlugConnected} title="No event source yet" action={create}>
              A source gives you a write key. Any Segment or RudderStack SDK can send to it: only its host changes.
            </Empty>
          ) : (
            <ResourceTable resources={found} under="/sources" columns={columns(summary)} />
          )
        }
      </Answer>
      <Modal opened={creating} onClose={close} title="New event source">
        <SourceForm
          onCancel={close}
          onSaved={({ name }) => router.history.push(`/sources/${encodeURIComponent(name)}`)}
        />
      </Modal>
    </Page>
  )
}

function columns(summary: Summary | undefined) {
  const books = (source: Resource) => summary?.sources.find(({ name }) => name === source.name)
  const amount = (value: number | undefined) => (
    <span className="tabular">{value === undefined ? '–' : briefCount(value)}</span>
  )
  return [
    { title: 'Sender', cell: (source: Resource) => typed<SourceSpec>(source).spec.type },
    { title: 'Accepted', cell: (source: Resource) => amount(books(source)?.accepted) },
    { title: 'Rejected', cell: (source: Resource) => amount(books(source)?.rejected) },
  ]
}
