import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { IconSend2 } from '@tabler/icons-react'
import type { Queued } from '../../../src/server/contract.ts'
import { usePost } from '../api/changes.ts'
import { Confirm } from '../parts/confirm.tsx'

/** Puts one event in line again, after saying what TikTok makes of it. */
export function Resend({ id }: { id: number }) {
  const [opened, { open, close }] = useDisclosure(false)
  const resend = usePost<Queued>(`/events/${id}/resend`)
  const confirm = () =>
    resend.mutate(undefined, {
      onSuccess: () => {
        notifications.show({ message: 'In line again; this page follows it' })
        close()
      },
    })
  return (
    <>
      <Button size="xs" leftSection={<IconSend2 size={14} />} onClick={open}>
        Resend
      </Button>
      <Confirm
        opened={opened}
        onClose={close}
        title="Resend this event?"
        action="Resend"
        pending={resend.isPending}
        error={resend.error}
        onConfirm={confirm}
      >
        It goes through today's mappings with the same event_id. TikTok drops it as a duplicate if it took it within the
        last 48 hours, and counts it again if that was longer ago.
      </Confirm>
    </>
  )
}
