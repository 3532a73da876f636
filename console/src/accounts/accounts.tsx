import { Button, Modal } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus, IconUsersGroup } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import type { Resource } from '../../../src/server/contract.ts'
import { resourcesQuery } from '../api/queries.ts'
import { type AccountSpec, typed } from '../api/specs.ts'
import { Answer } from '../parts/answer.tsx'
import { Empty } from '../parts/empty.tsx'
import { Page } from '../parts/page.tsx'
import { ResourceTable } from '../parts/resource_table.tsx'
import { TimeAgo } from '../parts/time_ago.tsx'
import { AccountForm } from './account_form.tsx'

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
  const isEmpty = accounts.data?.length === 0
  return (
    <Page
      title="Accounts"
      about="Connections to TikTok: a token, and what it may reach"
      actions={isEmpty ? null : create}
    >
      <Answer query={accounts}>
        {(found) =>
          found.length === 0 ? (
            <Empty icon={IconUsersGroup} title="No account yet" action={create}>
              An account holds the access token that your pixels' events are sent with.
            </Empty>
          ) : (
            <ResourceTable resources={found} under="/accounts" columns={COLUMNS} />
          )
        }
      </Answer>
      <Modal opened={creating} onClose={close} title="New account">
        <AccountForm
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
  { title: 'Advertiser ID', cell: (account: Resource) => spec(account).advertiser_id ?? '–' },
  { title: 'Changed', cell: (account: Resource) => <TimeAgo at={account.updatedAt} /> },
]
