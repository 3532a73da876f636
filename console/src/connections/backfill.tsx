import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { RunAsked, SyncStreams } from '../../../src/server/contract_streams.ts'
import { counted } from '../parts/amounts.ts'
import { addDays, daysIn, isDay, todayAt } from '../parts/days.ts'
import { Failure } from '../parts/failure.tsx'
import { useStartRun } from '../runs/use_start_run.ts'
import { RunEstimate } from './run_estimate.tsx'
import { StreamMultiSelect } from './stream_multi_select.tsx'

interface BackfillProps {
  readonly opened: boolean
  readonly onClose: () => void
  readonly found: SyncStreams
}

// A month, as people usually ask for.
const FIRST_DAYS = 30

/** Reads chosen days again; the others are left alone, and the schedule goes on. */
export function Backfill({ opened, onClose, found }: BackfillProps) {
  const today = todayAt(Date.now())
  const [from, setFrom] = useState(addDays(today, -FIRST_DAYS))
  const [to, setTo] = useState(today)
  const [streams, setStreams] = useState<readonly string[]>([])
  const run = useStartRun()
  const cut = found.streams.filter(({ mode }) => mode === 'window')
  const problem = problemOf(from, to)
  const asked: RunAsked | null = problem
    ? null
    : { sync: found.sync, kind: 'backfill', days: { from, to }, ...(streams.length > 0 ? { streams } : {}) }
  return (
    <Modal opened={opened} onClose={onClose} title={`Backfill ${found.sync}`} size="lg">
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          Reads these days again and replaces them, newest first. Days are each advertiser's own.
        </Text>
        <Group gap="sm" align="flex-start" grow>
          <TextInput
            type="date"
            label="From"
            value={from}
            max={to}
            onChange={(change) => setFrom(change.currentTarget.value)}
          />
          <TextInput
            type="date"
            label="To"
            value={to}
            min={from}
            error={problem}
            onChange={(change) => setTo(change.currentTarget.value)}
          />
        </Group>
        <StreamMultiSelect
          streams={cut}
          value={streams}
          onChange={setStreams}
          description={asked ? `${counted(daysIn({ from, to }), 'day')} of each` : 'Those that are cut by days'}
        />
        <RunEstimate asked={asked} />
        <Failure error={run.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button disabled={!asked} loading={run.isPending} onClick={() => asked && run.start(asked)}>
            Start the backfill
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

function problemOf(from: string, to: string): string | null {
  if (!isDay(from) || !isDay(to)) return 'Choose both days'
  return to < from ? 'It ends before it begins' : null
}
