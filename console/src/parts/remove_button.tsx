import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { IconTrash } from '@tabler/icons-react'
import { useRouter } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Kind } from '../../../src/server/contract.ts'
import { useRemove } from '../api/changes.ts'
import { Confirm } from './confirm.tsx'

interface RemoveButtonProps {
  readonly kind: Kind
  readonly name: string
  /** The list to go to afterwards. */
  readonly list: string
  /** What deleting means. */
  readonly children: ReactNode
}

/** Deletes a resource after its name was typed. */
export function RemoveButton({ kind, name, list, children }: RemoveButtonProps) {
  const [opened, { open, close }] = useDisclosure(false)
  const router = useRouter()
  const remove = useRemove(kind)
  const confirm = () =>
    remove.mutate(name, {
      onSuccess: () => {
        notifications.show({ message: `Deleted ${name}` })
        router.history.push(list)
      },
    })
  return (
    <>
      <Button variant="default" c="var(--bad-fg)" size="xs" leftSection={<IconTrash size={14} />} onClick={open}>
        Delete
      </Button>
      <Confirm
        opened={opened}
        onClose={close}
        title={`Delete ${name}?`}
        action="Delete"
        dangerous
        typeName={name}
        pending={remove.isPending}
        error={remove.error}
        onConfirm={confirm}
      >
        {children}
      </Confirm>
    </>
  )
}
