import { Alert, Button, Group, Text } from '@mantine/core'
import { IconAlertOctagonFilled } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { Resource } from '../../../src/server/contract.ts'
import { usePost } from '../api/changes.ts'
import { resourcesQuery } from '../api/queries.ts'
import { type DestinationSpec, type SyncSpec, typed } from '../api/specs.ts'
import { Failure } from '../parts/failure.tsx'
import { TextLink } from '../parts/text_link.tsx'

/** Says what a stopped sync waits for: its account, or a person who lets it go on. */
export function Waiting({ sync }: { sync: Resource }) {
  const account = useStoppedAccount(sync)
  const resume = usePost<object>(`/syncs/${encodeURIComponent(sync.name)}/resume`)
  if (sync.state.health !== 'action_required') return null
  return (
    <Alert color="red" icon={<IconAlertOctagonFilled size={18} />} title="This sync waits for you" role="status" p="sm">
      <Text size="sm" className="wrap" mb="xs">
        {sync.state.because}. No event is lost meanwhile.
      </Text>
      <Failure error={resume.error} />
      <Group gap="sm">
        {account ? (
          <TextLink to="/accounts/$name" params={{ name: account }} size="sm" fw={600}>
            Open the account {account}
          </TextLink>
        ) : (
          <Button size="xs" loading={resume.isPending} onClick={() => resume.mutate(undefined)}>
            Resume
          </Button>
        )}
      </Group>
    </Alert>
  )
}

function useStoppedAccount(sync: Resource): string | undefined {
  const { data: destinations = [] } = useQuery(resourcesQuery('destination'))
  const { data: accounts = [] } = useQuery(resourcesQuery('account'))
  const target = typed<SyncSpec>(sync).spec.to.destination
  const destination = destinations.find(({ name }) => name === target)
  const account = destination && typed<DestinationSpec>(destination).spec.account
  return accounts.find(({ name, state }) => name === account && state.health === 'action_required')?.name
}
