import { type ReactNode, useId } from 'react'
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

/**
 * One thing to choose. What is not allowed is greyed and says why; it can still be taken out when it was chosen before. Of a
 * set of radios each can be chosen: what does not go with it is then shown, and taken out in one go.
 */
export function PickRow({ name, about, illegal, locked = false, checked, onToggle, aside, radio }: PickRowProps) {
  const aboutId = useId()
  return (
    <label className={styles['pick']} data-illegal={illegal !== null || undefined} data-checked={checked || undefined}>
      <input
        type={radio ? 'radio' : 'checkbox'}
        {...(radio ? { name: radio } : {})}
        aria-label={name}
        aria-describedby={aboutId}
        checked={checked}
        disabled={locked || (illegal !== null && !checked && !radio)}
        onChange={onToggle}
      />
      <span className={styles['pickText']}>
        <span className={styles['pickName']}>
          <span className={radio ? 'capitalised' : 'mono wrap'}>{name}</span>
          {aside}
        </span>
        <span id={aboutId} className={styles['pickAbout']}>
          {illegal === null ? aboutText(about, locked) : illegal}
        </span>
      </span>
    </label>
  )
}

const aboutText = (about: string, locked: boolean): string => (locked ? `${about} · comes with the rest` : about)
