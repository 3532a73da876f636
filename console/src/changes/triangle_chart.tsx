import { Text } from '@mantine/core'
import type { RestatementRow } from '../../../src/server/contract_streams.ts'
import { dayText, shortDay } from '../parts/days.ts'
import { cellText } from '../parts/figures.ts'
import styles from './changes.module.css'
import { signed } from './signed.ts'
import { type Cell, percent, triangleOf } from './triangle.ts'

interface TriangleChartProps {
  /** Of one column. */
  readonly rows: readonly RestatementRow[]
  readonly type: string
  /** What the figures are counted in, such as a currency; null for plain counts. */
  readonly unit: string | null
}

// As many days and readings fit a page; the newest are shown.
const DAYS = 31
const READINGS = 21

/** Days against readings: each field says by how much that reading changed that day, the stronger the more. */
export function TriangleChart({ rows, type, unit }: TriangleChartProps) {
  const { days, readings, cells } = triangleOf(rows)
  const shownDays = days.slice(0, DAYS)
  const shownReadings = readings.slice(-READINGS)
  const most = Math.max(...[...cells.values()].flatMap((line) => [...line.values()].map(weight)), 0.001)
  return (
    <>
      <section
        className={styles['scroll']}
        aria-label="Differences by day and day of reading"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a block that scrolls must be reachable by keyboard
        tabIndex={0}
      >
        <table className={styles['triangle']}>
          <thead>
            <tr>
              <th scope="col">Day ↓ read on →</th>
              {shownReadings.map((reading) => (
                <th key={reading} scope="col" title={`${dayText(reading)}, UTC`}>
                  {shortDay(reading)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shownDays.map((day) => (
              <tr key={day}>
                <th scope="row" title={dayText(day)}>
                  {shortDay(day)}
                </th>
                {shownReadings.map((reading) => (
                  <Field key={reading} cell={cells.get(day)?.get(reading)} type={type} most={most} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <Text size="xs" c="dimmed" mt="xs">
        Differences{unit ? ` in ${unit}` : ''}; days as the advertiser's zone cuts them, readings by the day in UTC.
        Blank: that reading changed nothing of that day.
      </Text>
    </>
  )
}

const weight = (cell: Cell): number => Math.abs(percent(cell) ?? 100)

function Field({ cell, type, most }: { cell: Cell | undefined; type: string; most: number }) {
  if (!cell) return <td data-empty />
  const share = percent(cell)
  const strength = Math.round(12 + 38 * Math.sqrt(Math.min(weight(cell) / most, 1)))
  const colour = cell.difference.startsWith('-') ? 'var(--late)' : 'var(--busy)'
  return (
    <td
      style={{ background: `color-mix(in srgb, ${colour} ${strength}%, var(--surface))` }}
      title={`${cellText(cell.before, type)} → ${cellText(cell.after, type)}${share === null ? '' : `, ${share.toFixed(2)} %`}, ${cell.rows} rows`}
    >
      {signed(cellText(cell.difference, type))}
    </td>
  )
}
