import { Group, Loader, Text } from '@mantine/core'
import { useInterval } from '@mantine/hooks'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { readSession } from '../api/client.ts'
import { useReachable } from '../api/connection.ts'
import { refresh } from '../api/queries.ts'
import styles from './shell.module.css'

const RETRY_MS = 2_000

/** Says quietly that the server is away, asks for it, and reads everything again when it is back. */
export function ConnectionBanner() {
  const reachable = useReachable()
  const queries = useQueryClient()
  const wasReachable = useRef(true)
  const { start, stop } = useInterval(() => void readSession().catch(() => undefined), RETRY_MS)

  useEffect(() => {
    if (reachable) stop()
    else start()
    if (reachable && !wasReachable.current) void refresh(queries)
    wasReachable.current = reachable
    return stop
  }, [reachable, start, stop, queries])

  if (reachable) return null
  return (
    <Group className={styles['away']!} gap={8} role="status" wrap="nowrap">
      <Loader size={14} color="currentColor" />
      <Text size="xs" inherit>
        <strong>Backbeat does not answer.</strong> Reconnecting; what you see is from before.
      </Text>
    </Group>
  )
}
