import { Button, Group, Table, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { AuditList } from '../../../src/server/contract.ts'
import { call } from '../api/client.ts'
import { queryString } from '../api/queries.ts'
import { Answer } from '../parts/answer.tsx'
import { Card } from '../parts/page.tsx'
import { TimeAgo } from '../parts/time_ago.tsx'

const PAGE_SIZE = 30

/** Who changed or looked at what, newest first. */
export function AuditLog() {
  const pages = useInfiniteQuery({
    queryKey: ['audit'],
    queryFn: ({ pageParam, signal }) =>
      call<AuditList>('GET', `/audit${queryString({ before: pageParam, limit: PAGE_SIZE })}`, undefined, signal),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (last: AuditList) => last.next ?? undefined,
  })
  return (
    <Card title="Audit log" flush>
      <Answer query={pages}>
        {(found) => (
          <>
            <Entries entries={found.pages.flatMap(({ entries }) => entries)} />
            {pages.hasNextPage && (
              <Group p="sm" justify="center">
                <Button variant="subtle" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
                  Older entries
                </Button>
              </Group>
            )}
          </>
        )}
      </Answer>
    </Card>
  )
}

function Entries({ entries }: { entries: AuditList['entries'] }) {
  if (entries.length === 0) {
    return (
      <Text size="sm" c="dimmed" px="md" pb="md">
        Nothing was changed yet
      </Text>
    )
  }
  return (
    <Table.ScrollContainer minWidth={760} type="native">
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={110}>When</Table.Th>
            <Table.Th>Who</Table.Th>
            <Table.Th>What</Table.Th>
            <Table.Th>On</Table.Th>
            <Table.Th>Detail</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {entries.map((entry) => (
            <Table.Tr key={entry.id}>
              <Table.Td>
                <TimeAgo at={entry.at} />
              </Table.Td>
              <Table.Td>{entry.who}</Table.Td>
              <Table.Td>{entry.what}</Table.Td>
              <Table.Td className="wrap">{entry.subject}</Table.Td>
              <Table.Td className="wrap">{entry.detail}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
