import { timeText } from '../world/calendar.ts'
import { budgetOf, campaignStanding, stateOf } from '../world/state.ts'
import type { AdWorld, Campaign } from '../world/world.ts'
import type { Scene } from './endpoint_of.ts'
import { names, nullRow, type Row } from './fields.ts'
import { secondaryStatus } from './statuses.ts'

/** Fields of `/campaign/get/`. */
export const CAMPAIGN_FIELDS = names(`
  advertiser_id campaign_id campaign_name app_id rta_id po_number campaign_system_origin campaign_type
  campaign_automation_type postback_window_mode budget_mode secondary_status operation_status objective objective_type
  app_promotion_type virtual_objective_type sales_destination campaign_product_source bid_type deep_bid_type
  optimization_goal bid_align_type campaign_app_profile_page_state rf_campaign_type is_search_campaign
  is_smart_performance_campaign rta_bid_enabled rta_product_selection_enabled budget_optimize_on is_new_structure
  is_advanced_dedicated_campaign disable_skan_campaign budget roas_bid create_time modify_time special_industries`)

/** Fields of `/smart_plus/campaign/get/`. */
export const SMART_PLUS_CAMPAIGN_FIELDS = names(`
  advertiser_id app_id app_promotion_type bid_align_type budget budget_mode budget_optimize_on
  campaign_app_profile_page_state campaign_id campaign_name campaign_type catalog_enabled catalog_type create_time
  disable_skan_campaign is_advanced_dedicated_campaign is_promotional_campaign modify_time objective_type
  operation_status po_number postback_window_mode sales_destination secondary_status smart_plus_adgroup_mode
  special_industries`)

const NULL_CAMPAIGN = nullRow(CAMPAIGN_FIELDS)

/** `DISABLE` for what is deleted too: TikTok tells deletion by the secondary status only. */
export const switchOf = (operation: 'ENABLE' | 'DISABLE' | 'DELETE') => (operation === 'ENABLE' ? 'ENABLE' : 'DISABLE')

/** The mobile app that an account's app campaigns are for; the simulator has one. */
export const appIdOf = ({ goal }: Campaign, { apps }: Scene['world']): string | null =>
  goal.leg === 'app' ? (Object.keys(apps)[0] ?? null) : null

/** Where the budget is: with the campaign when it is optimised there or bought ahead, else with its ad groups. */
export function campaignBudget(campaign: Campaign, adWorld: AdWorld, now: number) {
  const budget = budgetOf(campaign, stateOf(adWorld, campaign, now))
  if (campaign.buyingType !== 'AUCTION') return { budget_mode: 'BUDGET_MODE_TOTAL', budget: budget * 30 }
  return campaign.isBudgetOptimised
    ? { budget_mode: 'BUDGET_MODE_DYNAMIC_DAILY_BUDGET', budget }
    : { budget_mode: 'BUDGET_MODE_INFINITE', budget: 0 }
}

/** What both endpoints say about a campaign. */
function common(campaign: Campaign, { adWorld, world, now }: Scene): Row {
  const { goal, advertiser, timeline } = campaign
  const state = stateOf(adWorld, campaign, now)
  return {
    advertiser_id: advertiser.advertiser_id,
    campaign_id: campaign.id,
    campaign_name: state.name,
    campaign_type: goal.promotion_type === 'APP_IOS' ? 'IOS14_CAMPAIGN' : 'REGULAR_CAMPAIGN',
    app_id: appIdOf(campaign, world),
    app_promotion_type: goal.leg === 'app' ? 'APP_INSTALL' : null,
    sales_destination: { web: 'WEBSITE', app: 'APP', shop: 'TIKTOK_SHOP', lead: null, none: null }[goal.leg],
    objective_type: goal.objective_type,
    ...campaignBudget(campaign, adWorld, now),
    budget_optimize_on: campaign.isBudgetOptimised,
    is_advanced_dedicated_campaign: false,
    disable_skan_campaign: false,
    operation_status: switchOf(state.operation),
    secondary_status: secondaryStatus('CAMPAIGN', campaignStanding(adWorld, campaign, now)),
    create_time: timeText(timeline.createdAt),
    modify_time: timeText(state.modifiedAt),
    special_industries: [],
  }
}

/** A campaign as `/campaign/get/` gives it. */
export const campaignRow = (campaign: Campaign, scene: Scene): Row => ({
  ...NULL_CAMPAIGN,
  ...common(campaign, scene),
  campaign_system_origin: campaign.origin,
  campaign_automation_type: campaign.automation,
  objective: campaign.goal.leg === 'app' ? 'APP' : 'LANDING_PAGE',
  optimization_goal: campaign.isBudgetOptimised ? campaign.goal.optimization_goal : null,
  rf_campaign_type: campaign.buyingType === 'AUCTION' ? null : 'STANDARD',
  is_search_campaign: false,
  is_smart_performance_campaign: campaign.automation === 'SMART_PLUS',
  rta_bid_enabled: false,
  rta_product_selection_enabled: false,
  is_new_structure: true,
})

/** A campaign as `/smart_plus/campaign/get/` gives it. */
export const smartPlusCampaignRow = (campaign: Campaign, scene: Scene): Row => ({
  ...common(campaign, scene),
  catalog_enabled: false,
  is_promotional_campaign: false,
  smart_plus_adgroup_mode: 'MULTIPLE',
})
