import type { JsonObject } from '../core/json.ts'
import type { Stream } from '../core/stream.ts'
import { CAMPAIGN_FIELDS, campaignGet } from '../tiktok/endpoints/campaign_get.ts'
import { SMART_PLUS_CAMPAIGN_FIELDS, smartPlusCampaignGet } from '../tiktok/endpoints/smart_plus_campaign_get.ts'
import type { Reader } from '../tiktok/reader.ts'
import { automationOf } from './automation.ts'
import { DELIVERY_CALLS, overlay, readDelivery } from './delivery_passes.ts'
import { advertiserId, column, createTime, derived, updatedAt } from './entity_columns.ts'
import { entityStream } from './entity_stream.ts'

/** Campaigns, a row for each version that was met. */
export const campaignHistory: Stream<Reader> = entityStream({
  table: {
    name: 'campaign_history',
    about: 'Campaigns, deleted ones included, with a row for each version; join on the newest updated_at',
    mode: 'history',
    key: ['campaign_id', 'updated_at'],
    references: [{ columns: ['advertiser_id'], table: 'advertiser', to: ['id'] }],
  },
  columns: [
    column('id', 'campaign_id', 'Id of the campaign'),
    updatedAt,
    advertiserId,
    column('text', 'campaign_name', 'Name of the campaign'),
    column('text', 'campaign_type', 'REGULAR_CAMPAIGN, or what else it is, such as IOS14_CAMPAIGN'),
    column('text', 'objective_type', 'What it is for, such as WEB_CONVERSIONS'),
    column('money', 'budget', 'Budget in the currency of the account; 0 when the ad groups have their own'),
    column('text', 'budget_mode', 'BUDGET_MODE_DAY, BUDGET_MODE_TOTAL, or BUDGET_MODE_INFINITE for none'),
    column('text', 'operation_status', 'Whether it is switched on: ENABLE, DISABLE or FROZEN'),
    column('text', 'secondary_status', 'Whether it delivers, and why not; CAMPAIGN_STATUS_DELETE when it was deleted'),
    column('text', 'status', 'The same as secondary_status, under the name that others look for', 'secondary_status'),
    column('boolean', 'is_new_structure', 'Whether it has the structure that TikTok calls new'),
    column('text', 'split_test_variable', 'What its split test varies; older campaigns only'),
    derived(
      'text',
      'campaign_automation_type',
      'How much TikTok decides: MANUAL, SMART_PLUS or UPGRADED_SMART_PLUS',
      'campaign_automation_type',
      automationOf,
    ),
    createTime,
  ],
  callsPerSlice: DELIVERY_CALLS,
  documented: new Set([...CAMPAIGN_FIELDS, ...SMART_PLUS_CAMPAIGN_FIELDS]),
  read: (reader, { id }) =>
    readDelivery(reader, id, {
      regular: campaignGet,
      smartPlus: smartPlusCampaignGet,
      smartPlusPageSize: 1000,
      topViewPageSize: 1000,
      idField: 'campaign_id',
      smartPlusIdField: 'campaign_id',
      merge,
    }),
})

function merge(regular: JsonObject | null, smartPlus: JsonObject | null): JsonObject {
  return overlay(smartPlus && { campaign_automation_type: 'UPGRADED_SMART_PLUS', ...smartPlus }, regular)
}
