import { Button, Modal } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus, IconUsersGroup } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'
import type { Resource } from '../../../src/server/contract.ts'
import { resourcesQuery } from '../api/queries.ts'
import { type AccountSpec, typed } from '../api/specs.ts'
import { Answer } from '../parts/answer.tsx'
import { Empty } from '../parts/empty.tsx'
import { Page } from '../parts/page.tsx'
import { ResourceTable } from '../parts/resource_table.tsx'
import { TimeAgo } from '../parts/time_ago.tsx'
import { NewAccount } from './new_account.tsx'
import { SignInReturn } from './sign_in_notice.tsx'

/** `/accounts`: the connections to TikTok. */
export function AccountsScreen() {
  const accounts = useQuery(resourcesQuery('account'))
  const [creating, { open, close }] = useDisclosure(false)
  const router = useRouter()
  const create = (
    <Button leftSection={<IconPlus size={16} />} onClick={open}>
      New account
    </Button>
  )
  const { sign_in: signIn } = useSearch({ from: '/shell/accounts' })
  const isEmpty = accounts.data?.length === 0
  return (
    <Page
      title="Accounts"
      about="Logins at TikTok for Business, and what they may reach"
      actions={isEmpty ? null : create}
    >
      <SignInReturn id={signIn} />
      <Answer query={accounts}>
        {(found) =>
          found.length === 0 ? (
            <Empty icon={IconUsersGroup} title="No account yet" action={create}>
              An account is a login at TikTok: events are sent with it, and reports are read.
            </Empty>
          ) : (
            <ResourceTable resources={found} under="/accounts" columns={COLUMNS} />
          )
        }
      </Answer>
      <Modal opened={creating} onClose={close} title="New account" size="lg">
        <NewAccount
          onCancel={close}
          onSaved={({ name }) => router.history.push(`/accounts/${encodeURIComponent(name)}`)}
        />
      </Modal>
    </Page>
  )
}

const spec = (resource: Resource) => typed<AccountSpec>(resource).spec

const COLUMNS = [
  { title: 'TikTok address', cell: (account: Resource) => spec(account).api_url ?? 'TikTok' },
  { title: 'Changed', cell: (account: Resource) => <TimeAgo at={account.updatedAt} /> },
]
