import { Button, Tooltip } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconRefresh } from '@tabler/icons-react'
import { useEffect } from 'react'
import type { Run, RunAsked, RunSlice } from '../../../src/server/contract_streams.ts'
import { counted } from '../parts/amounts.ts'
import { askedAgain } from './asked_again.ts'
import { useStartRun } from './use_start_run.ts'

/** Reads the failed slices of a run once more, by the streams and days they span. */
export function RunAgain({ run, slices }: { run: Run; slices: readonly RunSlice[] }) {
  const { start, isPending, error } = useStartRun()
  const failed = slices.filter(({ state }) => state === 'failed')
  useEffect(() => {
    if (error) notifications.show({ color: 'red', message: error.message })
  }, [error])
  if (failed.length === 0) return null
  const asked: RunAsked = askedAgain(run, failed)
  return (
    <Tooltip label={`Reads ${counted(asked.streams!.length, 'stream')} over the days that failed`}>
      <Button size="xs" leftSection={<IconRefresh size={14} />} loading={isPending} onClick={() => start(asked)}>
        Read the failed slices again
      </Button>
    </Tooltip>
  )
}
