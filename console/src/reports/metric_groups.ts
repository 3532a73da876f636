import type { MetricChoice } from '../../../src/server/contract_streams.ts'

/** The metrics of one family. */
export interface MetricGroup {
  readonly name: string
  readonly title: string
  readonly metrics: readonly MetricChoice[]
}

// What most reports are made of comes first, and is open.
const FIRST = ['core', 'attribute', 'video_play', 'page_event']

/** Families that are open at first. */
export const OPEN_AT_FIRST: ReadonlySet<string> = new Set(['core'])

const SPELLED: Readonly<Record<string, string>> = {
  core: 'Core figures',
  attribute: 'Names and settings',
  page_event: 'Page events (web)',
  app_event: 'App events',
  onsite_event: 'TikTok-hosted events',
  offline: 'Offline events',
  shop: 'TikTok Shop',
  skan: 'SKAdNetwork',
  gmv_max: 'GMV Max',
  attribution: 'Attribution: click, view, engaged view',
}

const titleOf = (group: string): string => SPELLED[group] ?? sentence(group.replaceAll('_', ' '))

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

interface Wanted {
  readonly query: string
  /** Leaves out what the rest does not allow. */
  readonly onlyLegal: boolean
}

/** Metrics by family, those first that most reports are made of; empty families are left out. */
export function metricGroups(metrics: readonly MetricChoice[], { query, onlyLegal }: Wanted): readonly MetricGroup[] {
  const text = query.trim().toLowerCase()
  const groups = new Map<string, MetricChoice[]>()
  for (const metric of metrics) {
    if (onlyLegal && metric.illegal !== null) continue
    if (!`${metric.name} ${metric.about}`.toLowerCase().includes(text)) continue
    const own = groups.get(metric.group)
    if (own) own.push(metric)
    else groups.set(metric.group, [metric])
  }
  const rank = (name: string) => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length)
  return [...groups]
    .sort(([a], [b]) => rank(a) - rank(b))
    .map(([name, own]) => ({ name, title: titleOf(name), metrics: own }))
}
