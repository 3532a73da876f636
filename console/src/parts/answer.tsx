import { Skeleton, Stack } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Unreachable } from '../api/client.ts'
import { Failure } from './failure.tsx'

interface AnswerProps<T> {
  readonly query: UseQueryResult<T>
  readonly rows?: number
  readonly children: (value: T) => ReactNode
}

/** Shows what a query found; until then its outline; instead of it, what went wrong. Old values stay while the server is away. */
export function Answer<T>({ query, rows = 4, children }: AnswerProps<T>) {
  if (query.data !== undefined) return children(query.data)
  if (query.error && !(query.error instanceof Unreachable)) return <Failure error={query.error} />
  return <Outline rows={rows} />
}

const Outline = ({ rows }: { rows: number }) => (
  <Stack gap="sm" aria-busy="true" aria-label="Loading">
    {Array.from({ length: rows }, (_, row) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike
      <Skeleton key={row} height={row === 0 ? 56 : 34} radius="md" />
    ))}
  </Stack>
)
