import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const FOLDER = join(import.meta.dirname, 'dbt_models')
const CALL = /\{\{ (source|ref|include)\('(\w+)'\) \}\}/g

/** Names of the final models, and what tells their rows apart. */
export const FINAL_MODELS: Readonly<Record<string, readonly string[]>> = {
  advertiser_report: ['source_relation', 'advertiser_id', 'date_day'],
  campaign_report: ['source_relation', 'campaign_id', 'date_day'],
  ad_group_report: ['source_relation', 'ad_group_id', 'date_day'],
  ad_report: ['source_relation', 'ad_id', 'date_day'],
  url_report: ['source_relation', 'ad_id', 'date_day'],
  campaign_country_report: ['source_relation', 'campaign_id', 'country_code', 'date_day'],
}

/** Statements that give no rows when the models are right. */
export const INTEGRITY_TESTS: readonly string[] = [
  'horizontal_sum_conversions',
  'vertical_sum_conversions',
  'vertical_sum_country_report',
]

/**
 * The statement of a model or a test over the tables of a schema: `source` names one of our tables, `ref` stands for another
 * model, `include` for the text of another file. `source` is quoted as the warehouse does it.
 */
export function statementOf(name: string, source: (table: string) => string): string {
  const text = readFileSync(join(FOLDER, `${name}.sql`), 'utf8').replace(/^--.*\n/gm, '')
  return text.trim().replace(CALL, (_, call: string, other: string) => {
    if (call === 'source') return source(other)
    const inner = statementOf(other, source)
    return call === 'ref' ? `(\n${inner}\n)` : inner
  })
}
