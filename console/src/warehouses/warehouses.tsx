import { Button, Modal } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconBuildingWarehouse, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import type { Resource } from '../../../src/server/contract.ts'
import { resourcesQuery } from '../api/queries.ts'
import { typed, type WarehouseSpec } from '../api/specs.ts'
import { Answer } from '../parts/answer.tsx'
import { Empty } from '../parts/empty.tsx'
import { Page } from '../parts/page.tsx'
import { ResourceTable } from '../parts/resource_table.tsx'
import { TimeAgo } from '../parts/time_ago.tsx'
import { WarehouseForm } from './warehouse_form.tsx'
import { placeText, warehouseTitle } from './warehouse_types.ts'

/** `/warehouses`: where tables stand. */
export function WarehousesScreen() {
  const warehouses = useQuery(resourcesQuery('warehouse'))
  const [creating, { open, close }] = useDisclosure(false)
  const router = useRouter()
  const create = (
    <Button leftSection={<IconPlus size={16} />} onClick={open}>
      New warehouse
    </Button>
  )
  const isEmpty = warehouses.data?.length === 0
  return (
    <Page title="Warehouses" about="Where TikTok's tables stand" actions={isEmpty ? null : create}>
      <Answer query={warehouses}>
        {(found) =>
          found.length === 0 ? (
            <Empty icon={IconBuildingWarehouse} title="No warehouse yet" action={create}>
              A DuckDB file on this machine needs nothing else; PostgreSQL and MySQL need a user that may make tables.
            </Empty>
          ) : (
            <ResourceTable resources={found} under="/warehouses" columns={COLUMNS} />
          )
        }
      </Answer>
      <Modal opened={creating} onClose={close} title="New warehouse" size="lg">
        <WarehouseForm
          onCancel={close}
          onSaved={({ name }) => router.history.push(`/warehouses/${encodeURIComponent(name)}`)}
        />
      </Modal>
    </Page>
  )
}

const spec = (resource: Resource) => typed<WarehouseSpec>(resource).spec

const COLUMNS = [
  { title: 'Kind', cell: (warehouse: Resource) => warehouseTitle(spec(warehouse).type) },
  { title: 'Where', cell: (warehouse: Resource) => placeText(spec(warehouse)) },
  { title: 'Changed', cell: (warehouse: Resource) => <TimeAgo at={warehouse.updatedAt} /> },
]
