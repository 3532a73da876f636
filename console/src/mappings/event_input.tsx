import { Autocomplete, Input } from '@mantine/core'
import type { Json } from '../../../src/server/contract.ts'
import { JsonField } from './json_field.tsx'

interface EventInputProps {
  readonly value: Json
  readonly choices: readonly string[]
  readonly problem: string | undefined
  readonly onChange: (event: Json) => void
}

/** TikTok's name of the event: one of its own, any other text, or a directive that computes it. */
export function EventInput({ value, choices, problem, onChange }: EventInputProps) {
  if (typeof value === 'string') {
    return (
      <Autocomplete
        label="TikTok event"
        description="One of TikTok's own names, or your own for a custom event"
        data={[...choices]}
        value={value}
        error={problem}
        onChange={onChange}
      />
    )
  }
  return (
    <Input.Wrapper label="TikTok event" description="Computed by a directive" error={problem}>
      <JsonField value={value} label="TikTok event as JSON" onChange={onChange} />
    </Input.Wrapper>
  )
}
