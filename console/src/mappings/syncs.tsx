import { Button, Modal, Table, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconArrowsSplit2, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import type { Resource } from '../../../src/server/contract.ts'
import { eventSyncsQuery } from '../api/queries.ts'
import { type SyncSpec, typed } from '../api/specs.ts'
import { Answer } from '../parts/answer.tsx'
import { HealthChip } from '../parts/chip.tsx'
import { Empty } from '../parts/empty.tsx'
import { Card, Page } from '../parts/page.tsx'
import { TextLink } from '../parts/text_link.tsx'
import { NewSync } from './new_sync.tsx'

/** `/mappings`: the syncs, each with its mappings. */
export function SyncsScreen() {
  const syncs = useQuery(eventSyncsQuery)
  const [creating, { open, close }] = useDisclosure(false)
  const router = useRouter()
  const create = (
    <Button leftSection={<IconPlus size={16} />} onClick={open}>
      New sync
    </Button>
  )
  const isEmpty = syncs.data?.length === 0
  return (
    <Page
      title="Mappings"
      about="A sync takes the events of a source to a destination; its mappings say which, and as what"
      actions={isEmpty ? null : create}
    >
      <Answer query={syncs}>
        {(found) =>
          found.length === 0 ? (
            <Empty icon={IconArrowsSplit2} title="No sync yet" action={create}>
              A sync links an event source with a destination. Start from ready mappings and change what you need.
            </Empty>
          ) : (
            <Syncs syncs={found} />
          )
        }
      </Answer>
      <Modal opened={creating} onClose={close} title="New sync">
        <NewSync
          onCancel={close}
          onSaved={({ name }) => router.history.push(`/mappings/${encodeURIComponent(name)}`)}
        />
      </Modal>
    </Page>
  )
}

const Syncs = ({ syncs }: { syncs: readonly Resource[] }) => (
  <Card flush>
    <Table.ScrollContainer minWidth={620} type="native">
      <Table highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Sync</Table.Th>
            <Table.Th>State</Table.Th>
            <Table.Th>From → to</Table.Th>
            <Table.Th ta="right">Mappings</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {syncs.map((sync) => (
            <SyncRow key={sync.name} sync={sync} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  </Card>
)

function SyncRow({ sync }: { sync: Resource }) {
  const { from, to, mappings } = typed<SyncSpec>(sync).spec
  const enabled = mappings.filter((mapping) => mapping.enabled !== false).length
  return (
    <Table.Tr>
      <Table.Td maw={280}>
        <TextLink to="/mappings/$sync" params={{ sync: sync.name }} fw={600} className="wrap" data-row>
          {sync.name}
        </TextLink>
      </Table.Td>
      <Table.Td maw={300}>
        <HealthChip health={sync.state.health} because={sync.state.because} />
        <Text size="xs" c="dimmed" mt={2} className="wrap" lineClamp={2}>
          {sync.state.because}
        </Text>
      </Table.Td>
      <Table.Td className="wrap">
        {from.event_source} → {to.destination}
      </Table.Td>
      <Table.Td ta="right" className="tabular" style={{ whiteSpace: 'nowrap' }}>
        {enabled} on{enabled < mappings.length && `, ${mappings.length - enabled} off`}
      </Table.Td>
    </Table.Tr>
  )
}
