import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { IconPlugConnectedX } from '@tabler/icons-react'
import { usePost } from '../api/changes.ts'
import { Confirm } from '../parts/confirm.tsx'

/** Takes the token back at TikTok; what stops is said first. */
export function Disconnect({ account, stops }: { account: string; stops: readonly string[] }) {
  const [opened, { open, close }] = useDisclosure(false)
  const disconnect = usePost<unknown>(`/accounts/${encodeURIComponent(account)}/disconnect`)
  return (
    <>
      <Button
        variant="default"
        size="xs"
        c="var(--bad-fg)"
        leftSection={<IconPlugConnectedX size={14} />}
        onClick={open}
      >
        Disconnect
      </Button>
      <Confirm
        opened={opened}
        onClose={close}
        title={`Disconnect ${account}?`}
        action="Disconnect"
        dangerous
        typeName={account}
        pending={disconnect.isPending}
        error={disconnect.error}
        onConfirm={() =>
          disconnect.mutate(undefined, {
            onSuccess: () => {
              notifications.show({ message: `TikTok no longer takes the token of ${account}` })
              close()
            },
          })
        }
      >
        The token is taken back at TikTok.{' '}
        {stops.length === 0 ? 'Nothing uses this account.' : `${stops.join(', ')} stop.`} Tables in warehouses stay as
        they are, and events wait. Signing in again lets everything go on.
      </Confirm>
    </>
  )
}
