import { Button, Checkbox } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { IconPlugConnectedX } from '@tabler/icons-react'
import { useState } from 'react'
import { usePost } from '../api/changes.ts'
import { Confirm } from '../parts/confirm.tsx'

/** Takes the token back at TikTok; what stops is said first. */
export function Disconnect({ account, stops }: { account: string; stops: readonly string[] }) {
  const [opened, { open, close }] = useDisclosure(false)
  const [evenIfNotRevoked, setEven] = useState(false)
  const disconnect = usePost<unknown, { evenIfNotRevoked: boolean }>(
    `/accounts/${encodeURIComponent(account)}/disconnect`,
  )
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
          disconnect.mutate(
            { evenIfNotRevoked },
            {
              onSuccess: () => {
                notifications.show({ message: `TikTok no longer takes the token of ${account}` })
                close()
              },
            },
          )
        }
      >
        The token is taken back at TikTok.{' '}
        {stops.length === 0 ? 'Nothing uses this account.' : `${stops.join(', ')} stop.`} Tables in warehouses stay as
        they are, and events wait. Signing in again lets everything go on.
        {disconnect.error && (
          <Checkbox
            mt="sm"
            label="Forget the token even when TikTok does not take it back"
            checked={evenIfNotRevoked}
            onChange={(change) => setEven(change.currentTarget.checked)}
          />
        )}
      </Confirm>
    </>
  )
}
