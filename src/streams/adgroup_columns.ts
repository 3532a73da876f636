import { isObject, type Json, type JsonObject } from '../core/json.ts'
import {
  advertiserId,
  column,
  createTime,
  derived,
  type EntityColumn,
  updatedAt,
  withoutSignature,
} from './entity_columns.ts'

/**
 * Columns of ad groups. Names and their number are Fivetran's, so that what is built on those runs on ours; where TikTok
 * has since renamed or moved a field, its newer name is looked for first.
 */
export const ADGROUP_COLUMNS: readonly EntityColumn[] = [
  column('id', 'adgroup_id', 'Id of the ad group'),
  updatedAt,
  advertiserId,
  column('id', 'campaign_id', 'Id of the campaign it belongs to'),
  createTime,
  column('text', 'adgroup_name', 'Name of the ad group'),

  column('text', 'operation_status', 'Whether it is switched on: ENABLE, DISABLE or FROZEN'),
  column('text', 'secondary_status', 'Whether it delivers, and why not; ADGROUP_STATUS_DELETE when it was deleted'),
  column('boolean', 'is_new_structure', 'Whether it has the structure that TikTok calls new'),
  column('boolean', 'is_hfss', 'Whether it advertises food or drink high in fat, salt or sugar'),
  column('id', 'category', 'Industry of the ad group; older ad groups only'),

  column('money', 'budget', 'Budget in the currency of the account; 0 when the campaign has it'),
  column('text', 'budget_mode', 'BUDGET_MODE_DAY, BUDGET_MODE_TOTAL, or BUDGET_MODE_INFINITE for none'),
  column('text', 'schedule_type', 'Whether it has an end: SCHEDULE_START_END or SCHEDULE_FROM_NOW'),
  column('local_time', 'schedule_start_time', 'When it begins to deliver, in UTC'),
  column('local_time', 'schedule_end_time', 'When it ceases to deliver, in UTC'),
  column('text', 'dayparting', 'Half hours of the week in which it delivers: 336 digits, 1 for yes'),
  column('text', 'pacing', 'Whether the budget is spent evenly: PACING_MODE_SMOOTH or PACING_MODE_FAST'),

  column('text', 'optimization_goal', 'What delivery aims at, such as CONVERT'),
  column('text', 'optimization_event', 'Event that counts as conversion, such as SHOPPING'),
  column('text', 'secondary_optimization_event', 'Event it aims at besides'),
  column('text', 'billing_event', 'What is paid for, such as CPC or OCPM'),
  column('text', 'bid_type', 'How bids are made: BID_TYPE_CUSTOM or BID_TYPE_NO_BID'),
  column('money', 'bid_price', 'Bid in the currency of the account'),
  column('money', 'conversion_bid_price', 'What a conversion may cost, in the currency of the account'),
  column('text', 'deep_bid_type', 'How bids for the secondary event are made'),
  column('money', 'deep_cpa_bid', 'What a secondary event may cost, in the currency of the account', [
    'deep_cpa_bid',
    'deep_cpabid',
  ]),
  column('text', 'cpv_video_duration', 'Seconds of a video that count as a view that is paid for'),
  column('boolean', 'skip_learning_phase', 'Whether it goes without the phase in which delivery is learnt'),
  column('text', 'statistic_type', 'Whether each conversion counts, or one a person'),
  column('integer', 'frequency', 'How often a person may see it within frequency_schedule'),
  column('integer', 'frequency_schedule', 'Days that frequency is counted over'),
  column('text', 'click_attribution_window', 'How long after a click a conversion counts; figures change until then'),
  column('text', 'view_attribution_window', 'How long after a view a conversion counts'),
  column('text', 'engaged_view_attribution_window', 'How long after an engaged view a conversion counts'),
  column('text', 'attribution_event_count', 'Whether EVERY conversion of a person counts, or ONCE'),

  column('text', 'placement_type', 'Who chooses placements: PLACEMENT_TYPE_AUTOMATIC or PLACEMENT_TYPE_NORMAL'),
  column('json', 'placements', 'Where it delivers, as a list such as PLACEMENT_TIKTOK'),
  column('boolean', 'inventory_filter_enabled', 'Whether delivery keeps away from delicate content'),
  column('json', 'pangle_block_app_list_id', 'Apps of Pangle that are kept out', [
    'blocked_pangle_app_ids',
    'pangle_block_app_list_id',
  ]),

  column('text', 'audience_type', 'Kind of audience that app ads aim at'),
  column('text', 'gender', 'Gender it aims at; GENDER_UNLIMITED for all'),
  column('json', 'age_groups', 'Ages it aims at, as a list such as AGE_25_34'),
  column('json', 'languages', 'Languages it aims at, as a list of codes'),
  column('json', 'location', 'Places it aims at, as a list of location ids', ['location_ids', 'location']),
  column('json', 'audience', 'Custom audiences it aims at, as a list of ids', ['audience_ids', 'audience']),
  column('json', 'excluded_audience', 'Custom audiences that are left out, as a list of ids', [
    'excluded_audience_ids',
    'excluded_audience',
  ]),
  column('json', 'interest_category_v_2', 'Interests it aims at, as a list of ids', [
    'interest_category_ids',
    'interest_category_v2',
  ]),
  column('json', 'keywords', 'Keywords of interests it aims at, as a list of ids', [
    'interest_keyword_ids',
    'keywords',
  ]),
  derived('json', 'action_categories', 'Behaviours it aims at, as a list of ids', 'actions', (adgroup) =>
    actionsOf(adgroup, 'action_category_ids'),
  ),
  derived('integer', 'action_days', 'Days the behaviour may lie back', 'actions', (adgroup) => actionDays(adgroup)),
  derived(
    'json',
    'video_actions',
    'What people did with videos, as a list such as WATCHED_TO_END',
    'actions',
    (adgroup) => actionsOf(adgroup, 'video_user_actions'),
  ),
  column('json', 'operating_systems', 'Operating systems it aims at, as a list'),
  column('text', 'min_android_version', 'Oldest Android it aims at'),
  column('text', 'min_ios_version', 'Oldest iOS it aims at'),
  column('json', 'network_types', 'Networks it aims at, as a list such as WIFI'),
  column('json', 'carriers', 'Mobile carriers it aims at, as a list of ids', ['carrier_ids', 'carriers']),

  column('text', 'pixel_id', 'Pixel that measures conversions'),
  column('text', 'app_id', 'App that is advertised'),
  column('text', 'app_type', 'Store of the app: APP_ANDROID or APP_IOS'),
  column('text', 'app_download_url', 'Where the app is got'),
  column('text', 'app_name', 'Name of the app; since v1.3 at the ad'),
  column('text', 'package', 'Package of the app; older ad groups only'),
  column('text', 'creative_material_mode', 'How creatives are put together: CUSTOM, DYNAMIC or SMART_CREATIVE'),
  column('text', 'display_name', 'Name that is shown with the ads; since v1.3 at the ad'),
  derived(
    'text',
    'profile_image',
    'Picture that is shown with the ads; since v1.3 at the ad',
    'profile_image',
    (adgroup) => withoutSignature(adgroup['profile_image']),
  ),
  column('text', 'landing_page_url', 'Page the ads lead to; since v1.3 at the ad'),
  column('text', 'open_url', 'Place in the app the ads lead to; since v1.3 at the ad'),
  column('text', 'open_url_type', 'Kind of open_url; since v1.3 at the ad'),
  column('text', 'fallback_type', 'Where people without the app are led; since v1.3 at the ad'),
  column('text', 'impression_tracking_url', 'Address called at each impression; since v1.3 at the ad'),
  column('text', 'click_tracking_url', 'Address called at each click; since v1.3 at the ad'),
  column('boolean', 'is_comment_disable', 'Whether nobody may comment', ['comment_disabled', 'is_comment_disable']),
  derived(
    'text',
    'video_download',
    'Whether videos may be downloaded: ALLOW_DOWNLOAD or PREVENT_DOWNLOAD',
    'video_download_disabled',
    downloadOf,
  ),
]

/** All that stands under a name in the behaviours an ad group aims at; undefined when it aims at none. */
function actionsOf({ actions }: JsonObject, name: string): Json | undefined {
  if (!Array.isArray(actions) || actions.length === 0) return undefined
  const all = actions.filter(isObject).flatMap((action) => action[name] ?? [])
  return [...new Set(all)]
}

function actionDays(adgroup: JsonObject): Json | undefined {
  const periods = actionsOf(adgroup, 'action_period')
  const days = (Array.isArray(periods) ? periods : []).map(Number).filter(Number.isInteger)
  return days.length === 0 ? adgroup['action_days'] : Math.max(...days)
}

function downloadOf({ video_download_disabled: disabled, video_download: older }: JsonObject): Json | undefined {
  if (typeof disabled !== 'boolean') return older
  return disabled ? 'PREVENT_DOWNLOAD' : 'ALLOW_DOWNLOAD'
}
