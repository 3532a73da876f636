import {
  IconBuildingCommunity,
  IconChartBar,
  IconChartDonut,
  IconReportAnalytics,
  type TablerIcon,
} from '@tabler/icons-react'
import type { Column, Table } from '../../../src/server/contract_streams.ts'

/** Which family a table belongs to. */
export type TableGroup = Table['group']

/** The families, in the order in which they are shown. */
export const TABLE_GROUPS: readonly TableGroup[] = ['entity', 'report', 'breakdown', 'custom']

/** What a group of tables holds, as a heading. */
export const GROUP_TITLE: Record<TableGroup, string> = {
  entity: 'Entities',
  report: 'Reports',
  breakdown: 'Breakdowns',
  custom: 'Custom reports',
}

/** One sentence on each group, for the person who chooses. */
export const GROUP_ABOUT: Record<TableGroup, string> = {
  entity: 'What exists: advertisers, campaigns, ad groups, ads and what they are made of, deleted ones included',
  report: 'What it brought, by hour, day and over the lifetime',
  breakdown: 'The same figures by country, age, gender and more: many rows and calls',
  custom: 'Reports of your own making',
}

/** The shape of a family, beside its colour. */
export const GROUP_ICON: Record<TableGroup, TablerIcon> = {
  entity: IconBuildingCommunity,
  report: IconChartBar,
  breakdown: IconChartDonut,
  custom: IconReportAnalytics,
}

/** How a table is brought up to date, in two words. */
export const MODE_TEXT: Record<Table['mode'], string> = {
  upsert: 'updated by key',
  history: 'every version kept',
  window: 'window replaced',
  snapshot: 'replaced whole',
}

/** How figures of several rows become one. */
export const TOTALS_TEXT: Record<NonNullable<Column['totals']>, string> = {
  sum: 'May be added up',
  recompute: 'A ratio: work it out anew from sums, never add or average it',
  none: 'Counts people once: never add it over rows',
}

/** When TikTok is done with a column. */
export const latencyText = (hours: number | null): string =>
  hours === null ? 'There within the hour' : `Final after about ${hours} hours`

/** What a type of column holds, in words. */
export const TYPE_ABOUT: Record<Column['type'], string> = {
  id: 'an id of up to 19 digits',
  text: 'text',
  integer: 'a whole number',
  money: 'money, exact, in the advertiser’s currency',
  ratio: 'a ratio',
  boolean: 'yes or no',
  date: 'a day in the advertiser’s zone',
  local_time: 'a time in the advertiser’s zone',
  instant: 'a moment, in UTC',
  json: 'JSON as TikTok gave it',
}
