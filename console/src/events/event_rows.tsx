import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import type { EventRow } from '../../../src/server/contract.ts'
import { VerdictChip } from '../parts/chip.tsx'
import { MatchKeys } from '../parts/match_keys.tsx'
import { verdictOf } from '../parts/status.ts'
import { TimeAgo } from '../parts/time_ago.tsx'
import styles from './event_rows.module.css'

/** Events as rows, each a link to its trace. */
export function EventRows({ rows, label }: { rows: readonly EventRow[]; label: string }) {
  return (
    <ul className={styles['list']} aria-label={label}>
      {rows.map((row) => (
        <Row key={row.id} row={row} />
      ))}
    </ul>
  )
}

const Row = memo(function Row({ row }: { row: EventRow }) {
  const because = row.deliveries.find(({ reason }) => reason)?.reason
  return (
    <li>
      <Link to="/events/$id" params={{ id: String(row.id) }} className={styles['row']!} data-row preload={false}>
        <span className={styles['time']}>
          <TimeAgo at={row.receivedAt} />
        </span>
        <span className={styles['name']}>
          <span className={styles['title']}>{row.name}</span>
          <span className={styles['under']}>
            {row.name === row.type ? row.messageId : `${row.type} · ${row.messageId}`}
          </span>
        </span>
        <span className={styles['path']}>
          <span className={styles['title']} data-light>
            {row.source}
          </span>
          <span className={styles['under']}>{mappingsOf(row)}</span>
        </span>
        <span className={styles['verdict']}>
          <VerdictChip verdict={verdictOf(row)} because={because?.message} />
          {because && row.standing !== 'delivered' && <span className={styles['under']}>{because.message}</span>}
        </span>
        <span className={styles['keys']}>
          <MatchKeys keys={row.keys} />
        </span>
      </Link>
    </li>
  )
})

function mappingsOf(row: EventRow): string {
  const names = row.deliveries.map(({ mapping, sync }) => (mapping ? `${mapping} → ${sync}` : `no mapping → ${sync}`))
  return names.length > 0 ? names.join(', ') : 'not read yet'
}
