import { Avatar, Button, Group, Stack, Table, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { AccountConnection } from '../../../src/server/contract_streams.ts'
import { accountConnectionQuery } from '../api/stream_queries.ts'
import { counted } from '../parts/amounts.ts'
import { Answer } from '../parts/answer.tsx'
import { CheckList } from '../parts/check_list.tsx'
import { StatusIcon } from '../parts/chip.tsx'
import { Card } from '../parts/page.tsx'
import { FAILED, PASSED } from '../parts/stream_status.ts'
import { advertiserStatus } from './advertiser_status.ts'

/** Who signed in, step by step, and which advertisers the login reaches. */
export function ConnectionCard({ account, title = 'TikTok login' }: { account: string; title?: string }) {
  const connection = useQuery(accountConnectionQuery(account))
  return (
    <Card
      title={title}
      aside={
        <Button size="xs" variant="light" loading={connection.isFetching} onClick={() => void connection.refetch()}>
          Look again
        </Button>
      }
    >
      <Answer query={connection} rows={3}>
        {(found) => (
          <Stack gap="md">
            {found.user && <SignedIn connection={found} user={found.user} />}
            <CheckList steps={found.steps} />
          </Stack>
        )}
      </Answer>
    </Card>
  )
}

function SignedIn({
  connection,
  user,
}: {
  connection: AccountConnection
  user: NonNullable<AccountConnection['user']>
}) {
  const { scopes, connectedBy } = connection
  return (
    <Group gap="sm" wrap="nowrap" align="flex-start">
      {/* The page loads nothing from elsewhere, so a face shows only when the server passes it on. */}
      <Avatar src={ownPicture(user.pictureUrl)} name={user.name} color="initials" radius="xl" alt="" />
      <div style={{ minWidth: 0 }}>
        <Text fw={600} className="wrap">
          {user.name}
        </Text>
        <Text size="sm" c="dimmed" className="wrap">
          {[user.email, connectedBy === 'oauth' ? 'signed in at TikTok' : 'token pasted'].filter(Boolean).join(' · ')}
        </Text>
        {scopes.length > 0 && (
          <Text size="xs" c="dimmed" className="wrap">
            Permissions: {scopes.join(', ')}
          </Text>
        )}
      </div>
    </Group>
  )
}

const ownPicture = (url: string | null): string | null =>
  url && (url.startsWith('data:') || url.startsWith('/') || url.startsWith(`${location.origin}/`)) ? url : null

/** The advertisers a login reaches: what money is counted in, where days are cut, and what is lacking. */
export function AdvertisersCard({ account }: { account: string }) {
  const connection = useQuery(accountConnectionQuery(account))
  return (
    <Card title="Advertisers" flush aside={connection.data && <Count connection={connection.data} />}>
      <Answer query={connection} rows={3}>
        {({ advertisers }) =>
          advertisers.length === 0 ? (
            <Text size="sm" c="dimmed" px="md" pb="md">
              The login reaches no advertiser. Ask for a role in the Business Center, then look again.
            </Text>
          ) : (
            <AdvertiserTable advertisers={advertisers} />
          )
        }
      </Answer>
    </Card>
  )
}

const Count = ({ connection: { advertisers } }: { connection: AccountConnection }) => {
  const lacking = advertisers.filter(({ lacks }) => lacks !== null).length
  return (
    <Text size="sm" c="dimmed" className="tabular">
      {counted(advertisers.length, 'advertiser')}
      {lacking > 0 && `, ${lacking} cannot be read`}
    </Text>
  )
}

interface AdvertiserTableProps {
  readonly advertisers: AccountConnection['advertisers']
  /** A cell in front of each row, such as a checkbox. */
  readonly before?: (id: string) => ReactNode
}

/** The table alone. */
export function AdvertiserTable({ advertisers, before }: AdvertiserTableProps) {
  return (
    <Table.ScrollContainer minWidth={520} type="native">
      <Table highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            {before && <Table.Th aria-label="Chosen" />}
            <Table.Th>Advertiser</Table.Th>
            <Table.Th>Currency</Table.Th>
            <Table.Th>Time zone</Table.Th>
            <Table.Th>Status, and whether it may be read</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {advertisers.map((advertiser) => (
            <Table.Tr key={advertiser.id}>
              {before && <Table.Td w={40}>{before(advertiser.id)}</Table.Td>}
              <Table.Td maw={280}>
                <Text size="sm" fw={600} className="wrap">
                  {advertiser.name}
                </Text>
                <Text size="xs" c="dimmed" className="mono">
                  {advertiser.id}
                </Text>
              </Table.Td>
              <Table.Td>{advertiser.currency || '–'}</Table.Td>
              <Table.Td>{advertiser.currency ? advertiser.timezone : '–'}</Table.Td>
              <Table.Td>
                <Text size="sm">{advertiserStatus(advertiser.status)}</Text>
                <Group gap={5} wrap="nowrap" align="flex-start">
                  <StatusIcon status={advertiser.lacks === null ? PASSED : FAILED} size={15} />
                  <Text size="xs" c="dimmed" className="wrap" lineClamp={3} title={advertiser.lacks ?? undefined}>
                    {advertiser.lacks ?? roleText(advertiser.role)}
                  </Text>
                </Group>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

const roleText = (role: string | null): string =>
  role ? `May be read, as ${advertiserStatus(role).toLowerCase()}` : 'May be read'
