import { Paper, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Fragment } from 'react'
import type { Books, Standing } from '../../../src/server/contract.ts'
import { briefCount, count } from '../parts/amounts.ts'
import styles from './books_strip.module.css'

interface Line {
  readonly line: keyof Books
  readonly label: string
  readonly about: string
  readonly tone: string
  readonly standing?: Standing
}

const PARTS: readonly Line[] = [
  {
    line: 'delivered',
    label: 'Delivered',
    about: 'TikTok answered code 0 for it',
    tone: 'good',
    standing: 'delivered',
  },
  { line: 'pending', label: 'Pending', about: 'Waiting, or trying again', tone: 'busy', standing: 'pending' },
  { line: 'dead', label: 'Dead', about: 'Needs a person', tone: 'bad', standing: 'dead' },
  { line: 'filtered', label: 'Filtered', about: 'No mapping wanted it', tone: 'off', standing: 'filtered' },
  {
    line: 'suppressed',
    label: 'Suppressed',
    about: 'Held back on purpose, such as for consent',
    tone: 'off',
    standing: 'suppressed',
  },
  { line: 'duplicate', label: 'Duplicate', about: 'Came twice within 7 days', tone: 'off' },
]

/** The books as an equation: what we said yes to equals what became of it. */
export function BooksStrip({ books, rejected }: { books: Books; rejected: number }) {
  return (
    <Paper withBorder component="section" aria-label="Books" px="md" py="sm">
      <div className={styles['strip']}>
        <Figure amount={books.accepted} label="Accepted" about="Events we said yes to" tone="off" />
        {PARTS.map((part, position) => (
          <Fragment key={part.line}>
            <span className={styles['sign']} aria-hidden>
              {position === 0 ? '=' : '+'}
            </span>
            <Part part={part} amount={books[part.line]} />
          </Fragment>
        ))}
      </div>
      {rejected > 0 && (
        <Text size="xs" c="dimmed" mt={6}>
          Not in the books: {count(rejected)} refused at the door, <Link to="/sources">listed by source</Link>
        </Text>
      )}
    </Paper>
  )
}

function Part({ part, amount }: { part: Line; amount: number }) {
  const figure = <Figure amount={amount} label={part.label} about={part.about} tone={part.tone} />
  if (!part.standing) return figure
  return (
    <Link to="/events" search={{ standing: part.standing }} className={styles['link']!}>
      {figure}
    </Link>
  )
}

const Figure = ({ amount, label, about, tone }: { amount: number; label: string; about: string; tone: string }) => (
  <span className={styles['figure']} data-tone={amount === 0 ? 'none' : tone} title={`${count(amount)}: ${about}`}>
    <span className={styles['amount']}>{briefCount(amount)}</span>
    <span className={styles['label']}>{label}</span>
  </span>
)
