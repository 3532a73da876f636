import { Button, Stack } from '@mantine/core'
import { IconMapPinOff } from '@tabler/icons-react'
import type { ErrorComponentProps } from '@tanstack/react-router'
import { Empty } from '../parts/empty.tsx'
import { Failure } from '../parts/failure.tsx'
import { TextLink } from '../parts/text_link.tsx'

/** A screen that failed to draw; the rest of the console stays. */
export function Broken({ error, reset }: ErrorComponentProps) {
  return (
    <Stack align="flex-start">
      <Failure error={error instanceof Error ? error : new Error(String(error))} />
      <Button variant="default" onClick={reset}>
        Try again
      </Button>
    </Stack>
  )
}

/** An address that leads nowhere. */
export function Missing() {
  return (
    <Empty icon={IconMapPinOff} title="There is no such page" action={<TextLink to="/">Go home</TextLink>}>
      The address may be old, or the thing it named was deleted.
    </Empty>
  )
}
