import { Stack, Text } from '@mantine/core'
import type { Choice, ReportChoices } from '../../../src/server/contract_streams.ts'
import type { ReportSpec } from '../api/specs.ts'
import { Card } from '../parts/page.tsx'
import { PickRow } from './pick_row.tsx'

interface ShapeColumnProps {
  readonly spec: ReportSpec
  readonly choices: ReportChoices
  readonly onChange: (change: Partial<ReportSpec>) => void
}

/** First column: what kind of report, what a row is about, and the time it covers. */
export function ShapeColumn({ spec, choices, onChange }: ShapeColumnProps) {
  return (
    <Card title="1 Type and level">
      <Stack gap="md">
        <Picks
          label="Type"
          choices={choices.types}
          value={spec.type}
          onChange={(type) => onChange({ type: type as ReportSpec['type'] })}
        />
        <Picks
          label="A row is about one"
          choices={choices.dataLevels}
          value={spec.data_level}
          onChange={(level) => onChange({ data_level: level as ReportSpec['data_level'] })}
        />
        <Picks
          label="And covers one"
          choices={choices.aggregations}
          value={spec.aggregation}
          onChange={(time) => onChange({ aggregation: time as ReportSpec['aggregation'] })}
        />
      </Stack>
    </Card>
  )
}

interface PicksProps {
  readonly label: string
  readonly choices: readonly Choice[]
  readonly value: string
  readonly onChange: (name: string) => void
}

const Picks = ({ label, choices, value, onChange }: PicksProps) => (
  <div role="radiogroup" aria-label={label}>
    <Text size="xs" c="dimmed" fw={600} px={8}>
      {label}
    </Text>
    {choices.map((choice) => (
      <PickRow
        key={choice.name}
        name={choice.name === 'adgroup' ? 'ad group' : choice.name}
        about={choice.about}
        illegal={choice.illegal}
        checked={choice.name === value}
        radio={label}
        onToggle={() => onChange(choice.name)}
      />
    ))}
  </div>
)
