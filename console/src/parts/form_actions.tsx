import { Button, Group } from '@mantine/core'

interface FormActionsProps {
  readonly label: string
  readonly pending: boolean
  readonly disabled?: boolean
  readonly onCancel?: (() => void) | undefined
}

/** The foot of a form: cancel, where there is something to cancel, and the one button that sends it. */
export function FormActions({ label, pending, disabled = false, onCancel }: FormActionsProps) {
  return (
    <Group justify="flex-end" gap="xs" mt="xs">
      {onCancel && (
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
      )}
      <Button type="submit" loading={pending} disabled={disabled}>
        {label}
      </Button>
    </Group>
  )
}
