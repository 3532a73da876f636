import { Group, Radio, Select, Stack, Text, TextInput } from '@mantine/core'
import type { Schedule } from '../api/specs.ts'
import { Notice } from '../parts/notice.tsx'
import { CRON, PRESETS, presetOf } from './schedule.ts'

interface ScheduleInputProps {
  readonly value: Schedule
  readonly onChange: (schedule: Schedule) => void
  readonly error?: string | undefined
}

const FIRST_CRON = { cron: '0 */6 * * *', zone: Intl.DateTimeFormat().resolvedOptions().timeZone }
const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]

/** When a connection runs: a preset, or a cron line with its zone. */
export function ScheduleInput({ value, onChange, error }: ScheduleInputProps) {
  // An own cron line that happens to say what a preset says stays an own line while it is typed.
  const isCron = value !== null && 'cron' in value
  const chosen = presetOf(value)
  const choose = (choice: string) =>
    onChange(choice === CRON ? FIRST_CRON : (PRESETS.find((preset) => preset.value === choice)?.schedule ?? null))
  return (
    <Stack gap="xs">
      <Radio.Group label="Schedule" value={chosen} onChange={choose} error={error}>
        <Stack gap={8} mt={6} mb={error ? 6 : 0}>
          {PRESETS.map((preset) => (
            <Radio key={preset.value} value={preset.value} label={preset.label} />
          ))}
          <Radio value={CRON} label="A cron line of my own" />
        </Stack>
      </Radio.Group>
      {isCron && chosen === CRON && (
        <Group gap="sm" align="flex-start">
          <TextInput
            label="Cron line"
            description="Minute, hour, day, month, weekday"
            value={value.cron}
            onChange={(change) => onChange({ ...value, cron: change.currentTarget.value })}
            className="mono"
            spellCheck={false}
            w={220}
          />
          <Select
            label="Time zone"
            description="The clock the line goes by"
            searchable
            data={ZONES}
            value={value.zone ?? 'UTC'}
            onChange={(zone) => onChange({ ...value, zone: zone ?? 'UTC' })}
            w={220}
          />
        </Group>
      )}
      <Notice tone="busy">
        <Text size="sm">
          TikTok repairs the figures of past days at 12:00 UTC every day. A run shortly after reads them settled; more
          runs show today's figures sooner.
        </Text>
      </Notice>
    </Stack>
  )
}
