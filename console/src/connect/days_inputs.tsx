import { Group, NumberInput } from '@mantine/core'

interface DaysInputsProps {
  readonly history: number
  readonly backfill: number
  readonly onChange: (days: { readonly history?: number; readonly backfill?: number }) => void
  readonly errors?: Readonly<Record<string, string>>
}

/** How far back the first run reads, and how far each later one. */
export function DaysInputs({ history, backfill, onChange, errors = {} }: DaysInputsProps) {
  return (
    <Group gap="md" align="flex-start">
      <NumberInput
        label="History"
        description="Days the first run reads"
        suffix=" days"
        min={1}
        max={3650}
        allowDecimal={false}
        value={history}
        onChange={(days) => onChange({ history: Number(days) })}
        error={errors['history_days']}
        w={{ base: '100%', xs: 240 }}
      />
      <NumberInput
        label="Backfill"
        description="Days every later run reads again, since TikTok restates them for about 28 days"
        suffix=" days"
        min={0}
        max={364}
        allowDecimal={false}
        value={backfill}
        onChange={(days) => onChange({ backfill: Number(days) })}
        error={errors['backfill_days']}
        w={{ base: '100%', xs: 300 }}
      />
    </Group>
  )
}
