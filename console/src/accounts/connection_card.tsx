import { Avatar, Badge, Button, Group, Stack, Table, Text } from '@mantine/core'
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
          <Group gap={6} mt={6}>
            {scopes.map((scope) => (
              <Badge key={scope} variant="default" radius="sm" tt="none" fw={500}>
                {scope}
              </Badge>
            ))}
          </Group>
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
    <Table.ScrollContainer minWidth={720} type="native">
      <Table highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            {before && <Table.Th aria-label="Chosen" />}
            <Table.Th>Advertiser</Table.Th>
            <Table.Th>Currency</Table.Th>
            <Table.Th>Time zone</Table.Th>
            <Table.Th>Status</Table.Th>
            <Table.Th>May be read</Table.Th>
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
              <Table.Td>{advertiser.currency}</Table.Td>
              <Table.Td>{advertiser.timezone}</Table.Td>
              <Table.Td>{advertiserStatus(advertiser.status)}</Table.Td>
              <Table.Td maw={240}>
                <Group gap={6} wrap="nowrap" align="flex-start">
                  <StatusIcon status={advertiser.lacks === null ? PASSED : FAILED} size={16} />
                  <Text size="sm" className="wrap">
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

const roleText = (role: string | null): string => (role ? `Yes, as ${advertiserStatus(role).toLowerCase()}` : 'Yes')
