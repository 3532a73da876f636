import { Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { RunAsked, SyncStreams } from '../../../src/server/contract_streams.ts'
import { Confirm } from '../parts/confirm.tsx'
import { useStartRun } from '../runs/use_start_run.ts'
import { RunEstimate } from './run_estimate.tsx'
import { StreamMultiSelect } from './stream_multi_select.tsx'

interface ResyncProps {
  readonly opened: boolean
  readonly onClose: () => void
  readonly found: SyncStreams
}

/** Clears tables and reads them anew; its name must be typed. */
export function Resync({ opened, onClose, found }: ResyncProps) {
  const [streams, setStreams] = useState<readonly string[]>([])
  const run = useStartRun()
  const asked: RunAsked = { sync: found.sync, kind: 'resync', ...(streams.length > 0 ? { streams } : {}) }
  return (
    <Confirm
      opened={opened}
      onClose={onClose}
      title={`Resync ${found.sync}?`}
      action="Clear and read anew"
      dangerous
      typeName={found.sync}
      pending={run.isPending}
      error={run.error}
      onConfirm={() => run.start(asked)}
    >
      <Stack gap="sm">
        <Text size="sm">
          The tables are emptied first and then read as at the first run. Until it has ended they hold less than now,
          and what TikTok no longer gives does not come back. A backfill replaces days without emptying anything.
        </Text>
        <StreamMultiSelect
          streams={found.streams}
          value={streams}
          onChange={setStreams}
          description="Which tables to empty"
        />
        {opened && <RunEstimate asked={asked} />}
      </Stack>
    </Confirm>
  )
}
