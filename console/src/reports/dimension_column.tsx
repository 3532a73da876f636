import type { ReportChoices } from '../../../src/server/contract_streams.ts'
import type { ReportSpec } from '../api/specs.ts'
import { Card } from '../parts/page.tsx'
import { toggled } from './draft.ts'
import { PickRow } from './pick_row.tsx'
import styles from './reports.module.css'

interface DimensionColumnProps {
  readonly spec: ReportSpec
  readonly choices: ReportChoices
  readonly onChange: (change: Partial<ReportSpec>) => void
}

/** Second column: by what the figures are broken down. The id of the level and the time come by themselves. */
export function DimensionColumn({ spec: { dimensions = [] }, choices, onChange }: DimensionColumnProps) {
  // What comes by itself first, then what may be chosen, then the rest with its reasons.
  const weight = (choice: { locked: boolean; illegal: string | null }) =>
    choice.locked ? 0 : choice.illegal === null ? 1 : 2
  return (
    <Card title="2 Dimensions">
      <div className={styles['column']}>
        <div className={styles['scroll']}>
          {choices.dimensions
            .toSorted((a, b) => weight(a) - weight(b))
            .map((choice) => (
              <PickRow
                key={choice.name}
                {...choice}
                checked={choice.locked || dimensions.includes(choice.name)}
                onToggle={() => onChange({ dimensions: toggled(dimensions, choice.name) })}
              />
            ))}
        </div>
      </div>
    </Card>
  )
}
