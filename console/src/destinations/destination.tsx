import { Grid } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { Resource } from '../../../src/server/contract.ts'
import { eventSyncsQuery, resourceQuery } from '../api/queries.ts'
import { type DestinationSpec, type SyncSpec, typed } from '../api/specs.ts'
import { Answer } from '../parts/answer.tsx'
import { Card } from '../parts/page.tsx'
import { ResourcePage } from '../parts/resource_page.tsx'
import { UsedBy } from '../parts/used_by.tsx'
import { DestinationForm } from './destination_form.tsx'

/** `/destinations/$name`: one pixel and its settings. */
export function DestinationScreen() {
  const { name } = useParams({ from: '/shell/destinations/$name' })
  const destination = useQuery(resourceQuery('destination', name))
  return <Answer query={destination}>{(found) => <DestinationPage destination={found} />}</Answer>
}

function DestinationPage({ destination }: { destination: Resource }) {
  const { name } = destination
  const { data: syncs = [] } = useQuery(eventSyncsQuery)
  const users = syncs.filter((sync) => typed<SyncSpec>(sync).spec.to.destination === name)
  return (
    <ResourcePage
      resource={destination}
      back={{ to: '/destinations', label: 'Destinations' }}
      removing="Syncs to this destination stop. Their events wait."
    >
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Card title="Pixel">
            <DestinationForm
              key={destination.revision}
              destination={typed<DestinationSpec>(destination)}
              onSaved={() => notifications.show({ message: 'Saved' })}
            />
          </Card>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <UsedBy title="Used by syncs" under="/mappings" users={users} none="No sync sends here" />
        </Grid.Col>
      </Grid>
    </ResourcePage>
  )
}
