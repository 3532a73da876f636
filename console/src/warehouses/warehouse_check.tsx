import { Button, Group, Stack, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { JsonObject } from '../../../src/server/contract.ts'
import type { WarehouseCheck } from '../../../src/server/contract_streams.ts'
import { call } from '../api/client.ts'
import { warehouseCheckQuery } from '../api/stream_queries.ts'
import { CheckList } from '../parts/check_list.tsx'
import { Failure } from '../parts/failure.tsx'
import { Card } from '../parts/page.tsx'

const ABOUT = 'Connects, makes a schema and a small table, writes, reads and drops it again, one step at a time.'

interface UnsavedCheckProps {
  readonly spec: JsonObject
  /** Whose stored secrets count where none was entered. */
  readonly name: string | undefined
}

/** Tries a warehouse as it is typed, before it is saved. */
export function UnsavedCheck({ spec, name }: UnsavedCheckProps) {
  const check = useMutation({
    mutationFn: () => call<WarehouseCheck>('POST', '/warehouses/check', { spec, ...(name ? { name } : {}) }),
  })
  return (
    <Stack gap="xs">
      <Group gap="sm">
        <Button variant="light" size="xs" loading={check.isPending} onClick={() => check.mutate()}>
          {check.data ? 'Test again' : 'Test'}
        </Button>
        <Text size="xs" c="dimmed" flex="1 1 200px">
          {ABOUT}
        </Text>
      </Group>
      <Failure error={check.error} />
      {check.data && <CheckList steps={check.data.steps} />}
    </Stack>
  )
}

/** Tries a warehouse that is stored. */
export function StoredCheck({ warehouse, schema }: { warehouse: string; schema: string }) {
  const check = useQuery({ ...warehouseCheckQuery(warehouse, schema), enabled: false })
  return (
    <Card
      title="Test"
      aside={
        <Button size="xs" variant="light" loading={check.isFetching} onClick={() => void check.refetch()}>
          {check.data ? 'Test again' : 'Test'}
        </Button>
      }
    >
      <Failure error={check.error} />
      {check.data ? (
        <CheckList steps={check.data.steps} />
      ) : (
        <Text size="sm" c="dimmed">
          {ABOUT}
        </Text>
      )}
    </Card>
  )
}
