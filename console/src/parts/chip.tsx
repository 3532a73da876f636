import type { Health } from '../../../src/server/contract.ts'
import styles from './chip.module.css'
import { HEALTH, type Status, VERDICT, type Verdict } from './status.ts'

/** A state as a word, a shape and a colour. */
export function Chip({ status, title }: { status: Status; title?: string | undefined }) {
  return (
    <span className={styles['chip']} data-tone={status.tone} title={title}>
      <status.icon size={14} aria-hidden />
      {status.word}
    </span>
  )
}

/** The shape and colour alone, where the word stands beside it. */
export function StatusIcon({ status, size = 18 }: { status: Status; size?: number }) {
  return (
    <span className={styles['icon']} data-tone={status.tone}>
      <status.icon size={size} aria-hidden />
    </span>
  )
}

export const HealthChip = ({ health, because }: { health: Health; because?: string }) => (
  <Chip status={HEALTH[health]} title={because} />
)

export const VerdictChip = ({ verdict, because }: { verdict: Verdict; because?: string | undefined }) => (
  <Chip status={VERDICT[verdict]} title={because} />
)
