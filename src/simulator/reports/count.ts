import { cellsOf } from './cells.ts'
import { type Figures, noFigures } from './columns.ts'
import { addFigures, type Counting, type View } from './figures.ts'
import type { Place } from './row_index.ts'

/** The figures of one row. */
export function countRow(
  { object, period, cell }: Place,
  breakdowns: readonly string[],
  counting: Counting,
  view: View,
): Figures {
  const figures = noFigures()
  for (const running of object.ads) {
    if (cell === null) {
      addFigures(figures, running, period, null, counting, view)
      continue
    }
    const own = cellsOf(running.ad, breakdowns).find(({ key }) => key === cell)
    if (own !== undefined) addFigures(figures, running, period, own.share, counting, view)
  }
  return figures
}
