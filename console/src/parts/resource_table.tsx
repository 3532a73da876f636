import { Anchor, Table, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Resource } from '../../../src/server/contract.ts'
import { HealthChip } from './chip.tsx'
import { Card } from './page.tsx'
import { PathLink } from './path_link.tsx'

interface Column {
  readonly title: string
  readonly cell: (resource: Resource) => ReactNode
}

interface ResourceTableProps {
  readonly resources: readonly Resource[]
  /** Where the pages of single resources live, such as `/accounts`. */
  readonly under: string
  readonly columns: readonly Column[]
}

/** A list of resources: name, state with its reason, and the columns of the kind. */
export function ResourceTable({ resources, under, columns }: ResourceTableProps) {
  return (
    <Card flush>
      <Table.ScrollContainer minWidth={620} type="native">
        <Table highlightOnHover>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Name</Table.Th>
              <Table.Th>State</Table.Th>
              {columns.map(({ title }) => (
                <Table.Th key={title}>{title}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {resources.map((resource) => (
              <Table.Tr key={resource.name}>
                <Table.Td maw={280}>
                  <Anchor
                    component={PathLink}
                    path={`${under}/${encodeURIComponent(resource.name)}`}
                    fw={600}
                    className="wrap"
                    data-row
                  >
                    {resource.name}
                  </Anchor>
                  {resource.managedBy === 'files' && (
                    <Text size="xs" c="dimmed">
                      from files
                    </Text>
                  )}
                </Table.Td>
                <Table.Td maw={300}>
                  <HealthChip health={resource.state.health} because={resource.state.because} />
                  <Text size="xs" c="dimmed" mt={2} lineClamp={2} className="wrap">
                    {resource.state.because}
                  </Text>
                </Table.Td>
                {columns.map(({ title, cell }) => (
                  <Table.Td key={title} className="wrap">
                    {cell(resource)}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Card>
  )
}
