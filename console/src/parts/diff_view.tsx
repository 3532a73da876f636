import { Fragment } from 'react'
import styles from './diff.module.css'
import type { DiffLine } from './diff.ts'

// Unchanged lines shown around each change.
const CONTEXT = 3

const SIGN = { same: ' ', removed: '−', added: '+' } as const

/** A comparison as lines with signs; long unchanged stretches are left out. */
export function DiffView({ lines }: { lines: readonly DiffLine[] }) {
  const shown = lines.map((_, position) =>
    lines.slice(Math.max(0, position - CONTEXT), position + CONTEXT + 1).some(({ kind }) => kind !== 'same'),
  )
  return (
    <section
      className={styles['diff']}
      aria-label="Changes"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a block that scrolls must be reachable by keyboard
      tabIndex={0}
    >
      {lines.map(({ kind, text }, position) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a comparison have no other name
        <Fragment key={position}>
          {shown[position] && (
            <span className={styles['line']} data-kind={kind}>
              {`${SIGN[kind]} ${text}\n`}
            </span>
          )}
          {!shown[position] && shown[position + 1] && <span className={styles['gap']}>{'⋯\n'}</span>}
        </Fragment>
      ))}
    </section>
  )
}
