import { Alert, Button, Grid, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconPlayerPauseFilled } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { Resource } from '../../../src/server/contract.ts'
import { usePost } from '../api/changes.ts'
import { resourceQuery, resourcesQuery } from '../api/queries.ts'
import { type AccountSpec, type DestinationSpec, typed } from '../api/specs.ts'
import { Answer } from '../parts/answer.tsx'
import { Failure } from '../parts/failure.tsx'
import { Card } from '../parts/page.tsx'
import { ResourcePage } from '../parts/resource_page.tsx'
import { UsedBy } from '../parts/used_by.tsx'
import { AccountForm } from './account_form.tsx'
import { CheckSteps } from './check_steps.tsx'

/** `/accounts/$name`: one connection, its check and its pause. */
export function AccountScreen() {
  const { name } = useParams({ from: '/shell/accounts/$name' })
  const account = useQuery(resourceQuery('account', name))
  return <Answer query={account}>{(found) => <AccountPage account={found} />}</Answer>
}

function AccountPage({ account }: { account: Resource }) {
  const { name, state } = account
  return (
    <ResourcePage
      resource={account}
      back={{ to: '/accounts', label: 'Accounts' }}
      removing="Destinations that use this account stop sending. Their events wait."
    >
      {state.health === 'action_required' && <Paused name={name} />}
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Card title="Connection">
            <AccountForm
              key={account.revision}
              account={typed<AccountSpec>(account)}
              onSaved={() => notifications.show({ message: 'Saved. Run the check to see that it works' })}
            />
          </Card>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Stack gap="md">
            <CheckSteps name={name} />
            <UsedByDestinations account={name} />
          </Stack>
        </Grid.Col>
      </Grid>
    </ResourcePage>
  )
}

function Paused({ name }: { name: string }) {
  const resume = usePost<null>(`/accounts/${encodeURIComponent(name)}/resume`)
  return (
    <Alert color="gray" icon={<IconPlayerPauseFilled size={18} />} title="Sending is paused" role="status">
      <Stack gap="xs" align="flex-start">
        <Text size="sm" className="wrap">
          No event is lost: they wait until you replace the token below, or resume.
        </Text>
        <Failure error={resume.error} />
        <Button size="xs" loading={resume.isPending} onClick={() => resume.mutate(undefined)}>
          Resume sending
        </Button>
      </Stack>
    </Alert>
  )
}

function UsedByDestinations({ account }: { account: string }) {
  const { data: destinations = [] } = useQuery(resourcesQuery('destination'))
  const users = destinations.filter((destination) => typed<DestinationSpec>(destination).spec.account === account)
  return (
    <UsedBy title="Used by destinations" under="/destinations" users={users} none="No destination uses this account" />
  )
}
