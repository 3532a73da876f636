import { Text } from '@mantine/core'
import type { RunSlice, SliceState } from '../../../src/server/contract_streams.ts'
import type { Advertisers } from '../api/advertisers.ts'
import { rangeText } from '../parts/days.ts'
import { SLICE } from '../parts/stream_status.ts'
import { type HeatRow, heatRows, sliceKey, stateCounts } from './heat.ts'
import styles from './heat_strip.module.css'

interface HeatStripProps {
  readonly slices: readonly RunSlice[]
  readonly advertisers: Advertisers
  readonly onPick: (row: { readonly stream: string; readonly advertiserId: string }) => void
}

const LEGEND: readonly SliceState[] = ['done', 'reading', 'waiting', 'skipped', 'unconfirmed', 'failed']

/** Every slice of a run as a small field: a line for each stream and advertiser, days from left to right. */
export function HeatStrip({ slices, advertisers, onPick }: HeatStripProps) {
  const counts = stateCounts(slices)
  return (
    <div className={styles['frame']}>
      <div className={styles['legend']}>
        {LEGEND.filter((state) => counts.has(state)).map((state) => (
          <Text key={state} size="xs" c="dimmed" className={styles['key']!}>
            <span className={styles['cell']} data-state={state} aria-hidden />
            {SLICE[state].word} {counts.get(state)}
          </Text>
        ))}
      </div>
      <div className={styles['rows']}>
        {heatRows(slices).map((row) => (
          <StripRow
            key={`${row.stream} ${row.advertiserId}`}
            row={row}
            advertiser={advertisers.get(row.advertiserId)?.name ?? row.advertiserId}
            onPick={() => onPick(row)}
          />
        ))}
      </div>
    </div>
  )
}

interface StripRowProps {
  readonly row: HeatRow
  readonly advertiser: string
  readonly onPick: () => void
}

function StripRow({ row, advertiser, onPick }: StripRowProps) {
  return (
    <button type="button" className={styles['row']} onClick={onPick} aria-label={rowText(row, advertiser)} data-row>
      <span className={styles['name']}>
        <span className={styles['stream']}>{row.stream}</span>
        <span className={styles['advertiser']}>{advertiser}</span>
      </span>
      <span className={styles['cells']} aria-hidden>
        {row.slices.map((slice) => (
          <span key={sliceKey(slice)} className={styles['cell']} data-state={slice.state} title={cellTitle(slice)} />
        ))}
      </span>
    </button>
  )
}

function rowText({ stream, slices }: HeatRow, advertiser: string): string {
  const counts = [...stateCounts(slices)].map(([state, amount]) => `${amount} ${SLICE[state].word.toLowerCase()}`)
  return `${stream}, ${advertiser}: ${counts.join(', ')}`
}

const cellTitle = ({ days, state, reason }: RunSlice): string =>
  [days ? rangeText(days) : 'everything', SLICE[state].word, reason?.message].filter(Boolean).join(' · ')
