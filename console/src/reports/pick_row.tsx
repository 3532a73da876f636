import type { ReactNode } from 'react'
import styles from './reports.module.css'

interface PickRowProps {
  readonly name: string
  readonly about: string
  /** Why it may not be chosen; null when it may. */
  readonly illegal: string | null
  readonly locked?: boolean
  readonly checked: boolean
  readonly onToggle: () => void
  readonly aside?: ReactNode
  readonly radio?: string
}

/** One thing to choose. What is not allowed is greyed and says why; it can still be taken out when it was chosen before. */
export function PickRow({ name, about, illegal, locked = false, checked, onToggle, aside, radio }: PickRowProps) {
  return (
    <label className={styles['pick']} data-illegal={illegal !== null || undefined} data-checked={checked || undefined}>
      <input
        type={radio ? 'radio' : 'checkbox'}
        {...(radio ? { name: radio } : {})}
        checked={checked}
        disabled={locked || (illegal !== null && !checked)}
        onChange={onToggle}
      />
      <span className={styles['pickText']}>
        <span className={styles['pickName']}>
          <span className={radio ? 'capitalised' : 'mono wrap'}>{name}</span>
          {aside}
        </span>
        <span className={styles['pickAbout']}>{illegal === null ? aboutText(about, locked) : illegal}</span>
      </span>
    </label>
  )
}

const aboutText = (about: string, locked: boolean): string => (locked ? `${about} · comes with the rest` : about)
