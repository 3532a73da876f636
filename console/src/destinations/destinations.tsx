import { Button, Modal } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus, IconTargetArrow } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import type { Resource } from '../../../src/server/contract.ts'
import { resourcesQuery } from '../api/queries.ts'
import { type DestinationSpec, typed } from '../api/specs.ts'
import { Answer } from '../parts/answer.tsx'
import { Empty } from '../parts/empty.tsx'
import { Page } from '../parts/page.tsx'
import { ResourceTable } from '../parts/resource_table.tsx'
import { DestinationForm } from './destination_form.tsx'

/** `/destinations`: the pixels that take events. */
export function DestinationsScreen() {
  const destinations = useQuery(resourcesQuery('destination'))
  const [creating, { open, close }] = useDisclosure(false)
  const router = useRouter()
  const create = (
    <Button leftSection={<IconPlus size={16} />} onClick={open}>
      New destination
    </Button>
  )
  const isEmpty = destinations.data?.length === 0
  return (
    <Page title="Destinations" about="TikTok pixels that take web events" actions={isEmpty ? null : create}>
      <Answer query={destinations}>
        {(found) =>
          found.length === 0 ? (
            <Empty icon={IconTargetArrow} title="No destination yet" action={create}>
              A destination is a TikTok pixel, reached with one of your accounts.
            </Empty>
          ) : (
            <ResourceTable resources={found} under="/destinations" columns={COLUMNS} />
          )
        }
      </Answer>
      <Modal opened={creating} onClose={close} title="New destination">
        <DestinationForm
          onCancel={close}
          onSaved={({ name }) => router.history.push(`/destinations/${encodeURIComponent(name)}`)}
        />
      </Modal>
    </Page>
  )
}

const spec = (resource: Resource) => typed<DestinationSpec>(resource).spec

const COLUMNS = [
  {
    title: 'Pixel code',
    cell: (destination: Resource) => <span className="mono">{spec(destination).pixel_code}</span>,
  },
  { title: 'Account', cell: (destination: Resource) => spec(destination).account },
  { title: 'Test event code', cell: (destination: Resource) => spec(destination).test_event_code ?? '–' },
]
