import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { Failure } from './failure.tsx'

interface ConfirmProps {
  readonly opened: boolean
  readonly onClose: () => void
  readonly title: string
  readonly action: string
  readonly dangerous?: boolean
  /** What must be typed before the button works. */
  readonly typeName?: string | undefined
  readonly pending?: boolean
  readonly error?: Error | null
  readonly onConfirm: () => void
  readonly children: ReactNode
}

/** Asks before an act that is hard to take back; for large ones the name must be typed. */
export function Confirm(props: ConfirmProps) {
  const [typedName, setTypedName] = useState('')
  const allowed = !props.typeName || typedName === props.typeName
  const close = () => {
    setTypedName('')
    props.onClose()
  }
  return (
    <Modal opened={props.opened} onClose={close} title={props.title}>
      <Stack gap="sm">
        <Text size="sm" component="div" className="wrap">
          {props.children}
        </Text>
        {props.typeName && (
          <TextInput
            label={`Type "${props.typeName}" to confirm`}
            value={typedName}
            onChange={(change) => setTypedName(change.currentTarget.value)}
            autoComplete="off"
            data-autofocus
          />
        )}
        <Failure error={props.error ?? null} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button
            {...(props.dangerous ? { color: 'red' } : {})}
            loading={props.pending ?? false}
            disabled={!allowed}
            onClick={props.onConfirm}
          >
            {props.action}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
