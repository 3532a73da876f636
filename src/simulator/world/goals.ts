import type { FunnelStep, Goal } from './world.ts'

const step = (metric: string, share: number, hasValue = false): FunnelStep => ({ metric, share, hasValue })

const WEB_FUNNEL = [
  step('total_landing_page_view', 0.82),
  step('page_content_view_events', 0.61),
  step('web_event_add_to_cart', 0.19, true),
  step('initiate_checkout', 0.52, true),
  step('complete_payment', 0.55, true),
]
const APP_FUNNEL = [step('app_install', 0.12), step('registration', 0.4), step('purchase', 0.11, true)]
const SHOP_FUNNEL = [
  step('onsite_on_web_detail', 0.5),
  step('onsite_on_web_cart', 0.2),
  step('onsite_shopping', 0.3, true),
]
const LEAD_FUNNEL = [step('onsite_form', 0.07)]

const WEB = { promotion_type: 'WEBSITE', leg: 'web', funnel: WEB_FUNNEL, result: 'conversion' } as const
const ON_TIKTOK = { leg: 'none', funnel: [], converts: null, optimization_event: null } as const

/** The goals campaigns of this world have. Enums: `objective_type`, `optimization_goal`, `billing_event` of the entities. */
export const GOALS = {
  purchases: {
    ...WEB,
    objective_type: 'WEB_CONVERSIONS',
    optimization_goal: 'CONVERT',
    optimization_event: 'SHOPPING',
    billing_event: 'OCPM',
    converts: 'complete_payment',
  },
  carts: {
    ...WEB,
    objective_type: 'CONVERSIONS',
    optimization_goal: 'CONVERT',
    optimization_event: 'ON_WEB_CART',
    billing_event: 'OCPM',
    converts: 'web_event_add_to_cart',
  },
  value: {
    ...WEB,
    objective_type: 'WEB_CONVERSIONS',
    optimization_goal: 'VALUE',
    optimization_event: 'SHOPPING',
    billing_event: 'OCPM',
    converts: 'complete_payment',
  },
  installs: {
    objective_type: 'APP_PROMOTION',
    optimization_goal: 'INSTALL',
    optimization_event: null,
    billing_event: 'OCPM',
    promotion_type: 'APP_ANDROID',
    leg: 'app',
    funnel: APP_FUNNEL,
    converts: 'app_install',
    result: 'conversion',
  },
  app_purchases: {
    objective_type: 'APP_PROMOTION',
    optimization_goal: 'IN_APP_EVENT',
    optimization_event: 'ACTIVE_PAY',
    billing_event: 'OCPM',
    promotion_type: 'APP_IOS',
    leg: 'app',
    funnel: APP_FUNNEL,
    converts: 'purchase',
    result: 'conversion',
  },
  leads: {
    objective_type: 'LEAD_GENERATION',
    optimization_goal: 'LEAD_GENERATION',
    optimization_event: 'FORM',
    billing_event: 'OCPM',
    promotion_type: 'LEAD_GENERATION',
    leg: 'lead',
    funnel: LEAD_FUNNEL,
    converts: 'onsite_form',
    result: 'conversion',
  },
  shop: {
    objective_type: 'PRODUCT_SALES',
    optimization_goal: 'PURCHASES',
    optimization_event: null,
    billing_event: 'OCPM',
    promotion_type: 'VIDEO_SHOPPING',
    leg: 'shop',
    funnel: SHOP_FUNNEL,
    converts: 'onsite_shopping',
    result: 'conversion',
  },
  traffic: {
    ...ON_TIKTOK,
    objective_type: 'TRAFFIC',
    optimization_goal: 'CLICK',
    billing_event: 'CPC',
    promotion_type: 'WEBSITE',
    result: 'clicks',
  },
  views: {
    ...ON_TIKTOK,
    objective_type: 'VIDEO_VIEWS',
    optimization_goal: 'ENGAGED_VIEW',
    billing_event: 'CPV',
    promotion_type: 'WEBSITE',
    result: 'video_watched_6s',
  },
  reach: {
    ...ON_TIKTOK,
    objective_type: 'REACH',
    optimization_goal: 'REACH',
    billing_event: 'CPM',
    promotion_type: 'WEBSITE',
    result: 'reach',
  },
  followers: {
    ...ON_TIKTOK,
    objective_type: 'ENGAGEMENT',
    optimization_goal: 'FOLLOWERS',
    billing_event: 'OCPM',
    promotion_type: 'TIKTOK_ACCOUNT',
    result: 'follows',
  },
  reserved_reach: {
    ...ON_TIKTOK,
    objective_type: 'RF_REACH',
    optimization_goal: 'REACH',
    billing_event: 'CPM',
    promotion_type: 'WEBSITE',
    result: 'reach',
  },
  top_view: {
    ...ON_TIKTOK,
    objective_type: 'TOPVIEW_REACH',
    optimization_goal: 'SHOW',
    billing_event: 'GD',
    promotion_type: 'WEBSITE',
    result: 'impressions',
  },
} as const satisfies Record<string, Goal>

/** What a campaign can be for. */
export type GoalName = keyof typeof GOALS
