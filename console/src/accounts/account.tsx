import { Button, Grid, Modal, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { IconLogin2, IconPlayerPauseFilled } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useParams, useSearch } from '@tanstack/react-router'
import type { Resource } from '../../../src/server/contract.ts'
import { usePost } from '../api/changes.ts'
import { connectionsQuery, resourceQuery, resourcesQuery } from '../api/queries.ts'
import { type AccountSpec, type ConnectionSpec, type DestinationSpec, typed } from '../api/specs.ts'
import { noteSigningIn } from '../connect/keep_draft.ts'
import { Answer } from '../parts/answer.tsx'
import { Failure } from '../parts/failure.tsx'
import { Notice } from '../parts/notice.tsx'
import { Card } from '../parts/page.tsx'
import { ResourcePage } from '../parts/resource_page.tsx'
import { UsedBy } from '../parts/used_by.tsx'
import { AccountForm } from './account_form.tsx'
import { CheckSteps } from './check_steps.tsx'
import { AdvertisersCard, ConnectionCard } from './connection_card.tsx'
import { Disconnect } from './disconnect.tsx'
import { SignInForm } from './sign_in_form.tsx'
import { SignInReturn } from './sign_in_notice.tsx'

/** `/accounts/$name`: one connection, its check and its pause. */
export function AccountScreen() {
  const { name } = useParams({ from: '/shell/accounts/$name' })
  const account = useQuery(resourceQuery('account', name))
  return <Answer query={account}>{(found) => <AccountPage account={found} />}</Answer>
}

function AccountPage({ account }: { account: Resource }) {
  const { name, state } = account
  const { sign_in: signIn } = useSearch({ from: '/shell/accounts/$name' })
  const connections = useConnections(name)
  const destinations = useDestinations(name)
  const [reconnecting, { open, close }] = useDisclosure(false)
  return (
    <ResourcePage
      resource={account}
      back={{ to: '/accounts', label: 'Accounts' }}
      removing="Destinations that use this account stop sending, their events wait. Connections that read with it stop; their tables stay."
      actions={
        <>
          <Button size="xs" leftSection={<IconLogin2 size={14} />} onClick={open}>
            Reconnect
          </Button>
          <Disconnect account={name} stops={[...connections, ...destinations].map((user) => user.name)} />
        </>
      }
    >
      <SignInReturn id={signIn} />
      {state.health === 'action_required' && <Paused name={name} />}
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 6 }}>
          <ConnectionCard account={name} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 6 }}>
          <Card title="Settings">
            <AccountForm
              key={account.revision}
              account={typed<AccountSpec>(account)}
              onSaved={() => notifications.show({ message: 'Saved. Run the check to see that it works' })}
            />
          </Card>
        </Grid.Col>
        <Grid.Col span={12}>
          <AdvertisersCard account={name} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 6 }}>
          <CheckSteps name={name} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 6 }}>
          <Stack gap="md">
            <UsedBy
              title="Read by connections"
              under="/connections"
              users={connections}
              none="No connection reads with this account"
            />
            <UsedBy
              title="Used by destinations"
              under="/destinations"
              users={destinations}
              none="No destination uses this account"
            />
          </Stack>
        </Grid.Col>
      </Grid>
      <Modal opened={reconnecting} onClose={close} title={`Reconnect ${name}`}>
        <Stack gap="md">
          <Text size="sm" c="dimmed">
            Sign in again at TikTok, as the same person or another. Advertisers are read anew; tables and settings stay.
          </Text>
          <SignInForm account={name} onLeave={() => noteSigningIn(null)} />
        </Stack>
      </Modal>
    </ResourcePage>
  )
}

function Paused({ name }: { name: string }) {
  const resume = usePost<null>(`/accounts/${encodeURIComponent(name)}/resume`)
  return (
    <Notice tone="bad" icon={IconPlayerPauseFilled} title="It is paused">
      <Stack gap="xs" align="flex-start">
        <Text size="sm" className="wrap">
          No event is lost and no table is touched: all waits until you reconnect, replace the token below, or resume.
        </Text>
        <Failure error={resume.error} />
        <Button size="xs" loading={resume.isPending} onClick={() => resume.mutate(undefined)}>
          Resume
        </Button>
      </Stack>
    </Notice>
  )
}

function useConnections(account: string): readonly Resource[] {
  const { data = [] } = useQuery(connectionsQuery)
  return data.filter((connection) => typed<ConnectionSpec>(connection).spec.from.account === account)
}

function useDestinations(account: string): readonly Resource[] {
  const { data = [] } = useQuery(resourcesQuery('destination'))
  return data.filter((destination) => typed<DestinationSpec>(destination).spec.account === account)
}
