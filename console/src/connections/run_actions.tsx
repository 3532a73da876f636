import { Button, Menu } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import {
  IconCalendarTime,
  IconChevronDown,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconRestore,
} from '@tabler/icons-react'
import { useEffect } from 'react'
import type { SyncStreams } from '../../../src/server/contract_streams.ts'
import { useSave } from '../api/changes.ts'
import type { ConnectionSpec, Typed } from '../api/specs.ts'
import { useStartRun } from '../runs/use_start_run.ts'
import { Backfill } from './backfill.tsx'
import { Resync } from './resync.tsx'

interface RunActionsProps {
  readonly connection: Typed<ConnectionSpec>
  readonly found: SyncStreams
}

/** Runs a connection now, over other days, from scratch, or not at all. */
export function RunActions({ connection, found }: RunActionsProps) {
  const { name, spec } = connection
  const run = useStartRun()
  const save = useSave('sync')
  const [backfilling, backfill] = useDisclosure(false)
  const [resyncing, resync] = useDisclosure(false)
  const isPaused = spec.enabled === false
  const problem = run.error ?? save.error
  useEffect(() => {
    if (problem) notifications.show({ color: 'red', message: problem.message })
  }, [problem])
  const turn = () =>
    save.mutate(
      { name, spec: { ...spec, enabled: isPaused } },
      {
        onSuccess: () =>
          notifications.show({
            message: isPaused ? 'It runs by its schedule again' : 'Paused: it runs only when told to',
          }),
      },
    )
  return (
    <>
      <Button
        size="xs"
        leftSection={<IconPlayerPlayFilled size={14} />}
        loading={run.isPending}
        disabled={found.running !== null}
        onClick={() => run.start({ sync: name, kind: 'manual' })}
      >
        Run now
      </Button>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button size="xs" variant="default" rightSection={<IconChevronDown size={14} />}>
            More
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconCalendarTime size={15} />} onClick={backfill.open}>
            Backfill…
          </Menu.Item>
          <Menu.Item leftSection={<IconRestore size={15} />} onClick={resync.open}>
            Resync…
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item
            leftSection={isPaused ? <IconPlayerPlayFilled size={15} /> : <IconPlayerPauseFilled size={15} />}
            onClick={turn}
          >
            {isPaused ? 'Run by schedule again' : 'Pause the schedule'}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Backfill opened={backfilling} onClose={backfill.close} found={found} />
      <Resync opened={resyncing} onClose={resync.close} found={found} />
    </>
  )
}
