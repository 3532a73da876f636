import type { Column } from '../../core/table.ts'
import { type Dimension, dimensions } from './dimensions.ts'
import { columnName, type Metric, metrics } from './metrics.ts'

/** The column of a dimension: what tells rows apart. */
export function dimensionColumn(name: string): Column {
  const { kind, about } = known(dimensions, name)
  return {
    name: columnName(name),
    type: kind === 'id' ? 'id' : kind === 'time' ? 'local_time' : 'text',
    about,
    apiField: name,
    totals: null,
    latencyHours: null,
  }
}

/** The column of a metric within a report of these dimensions: it is as late, and adds up as badly, as they make it. */
export function metricColumn(name: string, beside: readonly string[]): Column {
  const metric = known(metrics, name)
  const cuts = beside.map((one) => known(dimensions, one))
  return {
    name: columnName(name),
    type: metric.type,
    about: aboutOf(metric),
    apiField: name,
    totals: cuts.some(({ overlaps }) => overlaps) && metric.totals !== null ? 'none' : metric.totals,
    latencyHours: latencyOf(metric, cuts),
  }
}

function aboutOf({ about, unit, newName }: Metric): string {
  const measured = unit === 'percent' ? `${about}; in percent` : about
  return newName === null ? measured : `${measured}; old name of ${columnName(newName)}`
}

/** Attributes are there at once, however late the figures beside them. */
function latencyOf(metric: Metric, cuts: readonly Dimension[]): number | null {
  if (metric.group === 'attribute') return null
  const hours = [metric, ...cuts].map(({ latencyHours }) => latencyHours ?? 0)
  return Math.max(...hours) || null
}

function known<Thing>(all: ReadonlyMap<string, Thing>, name: string): Thing {
  const thing = all.get(name)
  if (thing === undefined) throw new Error(`Cannot make a column: TikTok's reports have no "${name}"`)
  return thing
}
