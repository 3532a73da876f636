import { Button, Grid, Stack } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconTableShare } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import type { Resource } from '../../../src/server/contract.ts'
import { connectionsQuery, resourceQuery } from '../api/queries.ts'
import { type ConnectionSpec, typed, type WarehouseSpec } from '../api/specs.ts'
import { Answer } from '../parts/answer.tsx'
import { Card } from '../parts/page.tsx'
import { ResourcePage } from '../parts/resource_page.tsx'
import { UsedBy } from '../parts/used_by.tsx'
import { StoredCheck } from './warehouse_check.tsx'
import { WarehouseForm } from './warehouse_form.tsx'
import { warehouseTitle } from './warehouse_types.ts'

/** `/warehouses/$name`: where a warehouse is, whether it works, and who fills it. */
export function WarehouseScreen() {
  const { name } = useParams({ from: '/shell/warehouses/$name' })
  const warehouse = useQuery(resourceQuery('warehouse', name))
  return <Answer query={warehouse}>{(found) => <WarehousePage warehouse={found} />}</Answer>
}

function WarehousePage({ warehouse }: { warehouse: Resource }) {
  const { name } = warehouse
  const own = typed<WarehouseSpec>(warehouse)
  const { data: connections = [] } = useQuery(connectionsQuery)
  const users = connections.filter((one) => typed<ConnectionSpec>(one).spec.to.warehouse === name)
  const schema = users[0] ? (typed<ConnectionSpec>(users[0]).spec.to.schema ?? 'tiktok_ads') : 'tiktok_ads'
  return (
    <ResourcePage
      resource={warehouse}
      back={{ to: '/warehouses', label: 'Warehouses' }}
      removing="Backbeat forgets where it is. Its tables stay as they are."
      actions={
        users[0] && (
          <Button
            variant="default"
            size="xs"
            leftSection={<IconTableShare size={14} />}
            renderRoot={(props) => <Link {...props} to="/data" search={{ sync: users[0]!.name }} />}
          >
            Look into the tables
          </Button>
        )
      }
    >
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Card title={warehouseTitle(own.spec.type)}>
            <WarehouseForm
              key={warehouse.revision}
              warehouse={own}
              onSaved={() => notifications.show({ message: 'Saved. The next run goes by it' })}
            />
          </Card>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Stack gap="md">
            <StoredCheck warehouse={name} schema={schema} />
            <UsedBy
              title="Filled by connections"
              under="/connections"
              users={users}
              none="No connection fills this warehouse"
            />
          </Stack>
        </Grid.Col>
      </Grid>
    </ResourcePage>
  )
}
