import { Alert, Button, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { IconAlertTriangleFilled, IconRefresh } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import type { DeadGroup, Replay } from '../../../src/server/contract.ts'
import { usePost } from '../api/changes.ts'
import { call } from '../api/client.ts'
import { counted } from '../parts/amounts.ts'
import { Confirm } from '../parts/confirm.tsx'
import { filtersOf } from './filters.ts'

// Above this many events the sync's name must be typed.
const TYPE_NAME_ABOVE = 100

/** Replays a whole group: first what it would do, then, confirmed, the doing. */
export function ReplayGroup({ group }: { group: DeadGroup }) {
  const [opened, { open, close }] = useDisclosure(false)
  const preview = useMutation({
    mutationFn: () => call<Replay>('POST', '/replay', { ...filtersOf(group), preview: true }),
  })
  const replay = usePost<Replay, object>('/replay')
  const ask = () => {
    preview.mutate()
    open()
  }
  const confirm = () =>
    replay.mutate(
      { ...filtersOf(group), preview: false },
      {
        onSuccess: ({ queued }) => {
          notifications.show({ message: `${counted(queued, 'event')} in line again` })
          close()
        },
      },
    )
  const found = preview.data
  return (
    <>
      <Button leftSection={<IconRefresh size={15} />} onClick={ask}>
        Replay all…
      </Button>
      <Confirm
        opened={opened}
        onClose={close}
        title={`Replay into ${group.sync}`}
        action={found ? `Replay ${counted(found.events, 'event')}` : 'Replay'}
        typeName={found && found.events > TYPE_NAME_ABOVE ? group.sync : undefined}
        pending={replay.isPending || preview.isPending}
        error={preview.error ?? replay.error}
        onConfirm={confirm}
      >
        {found ? <Estimate found={found} /> : 'Counting…'}
      </Confirm>
    </>
  )
}

function Estimate({ found }: { found: Replay }) {
  return (
    <Stack gap="sm">
      <Text size="sm">
        {counted(found.events, 'event')} will go through today's mappings, each with the event_id it had before.
      </Text>
      {found.outsideWindow > 0 && (
        <Alert color="orange" icon={<IconAlertTriangleFilled size={18} />} p="sm" title="Some may be counted twice">
          <Text size="sm">
            {counted(found.outsideWindow, 'event')} {found.outsideWindow === 1 ? 'was' : 'were'} first tried more than
            48 hours ago. TikTok no longer knows them as duplicates.
            {found.unknown > 0 && ` Of these, it may have taken ${found.unknown}.`}
          </Text>
        </Alert>
      )}
    </Stack>
  )
}
