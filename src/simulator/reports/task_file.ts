import type { Simulation } from '../simulation.ts'
import { viewOf } from './prepare.ts'
import { sourcesOf } from './reporting.ts'
import { metricsOf, rowsOf } from './rows.ts'
import { titleOf } from './task_titles.ts'
import type { ReportTask } from './tasks.ts'
import { workbookOf } from './workbook.ts'

type Line = readonly string[]

const countryNames = new Intl.DisplayNames('en', { type: 'region' })

/** Tasks write names of countries where reports write codes: TikTok's slip, and known to everybody by now. */
const shown = (name: string, value: string) => (name === 'country_code' ? (countryNames.of(value) ?? value) : value)

/** The lines of a finished task: headings first. The figures are those of the moment it was finished. */
function* linesOf({ query, hasTranslatedTitles, endsAt }: ReportTask, simulation: Simulation): Generator<Line> {
  const sources = sourcesOf(simulation)
  const prepared = simulation.reporting.prepared.get(query, sources, endsAt)
  const view = viewOf(query, sources.received, sources.world.settings, endsAt)
  const names = [...query.dimensions, ...metricsOf(query)]
  yield names.map((name) => titleOf(name, hasTranslatedTitles))
  for (const { dimensions, metrics } of rowsOf(query, prepared, view, { ...sources, now: endsAt }, 0, Infinity)) {
    yield [
      ...query.dimensions.map((name) => shown(name, dimensions[name] ?? '')),
      ...metricsOf(query).map((name) => metrics[name] ?? ''),
    ]
  }
}

const field = (text: string) => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** A finished task as CSV (RFC 4180), with a line break after every line. Throws TooManyRows. */
export function csvOf(task: ReportTask, simulation: Simulation): string {
  let text = ''
  for (const line of linesOf(task, simulation)) text += `${line.map(field).join(',')}\n`
  return text
}

/** A finished task as a file of its format. Throws TooManyRows. */
export const fileOf = (task: ReportTask, simulation: Simulation) =>
  task.format === 'XLSX_DOWNLOAD'
    ? {
        contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        content: workbookOf(linesOf(task, simulation)),
      }
    : { contentType: 'text/csv; charset=utf-8', content: csvOf(task, simulation) }
