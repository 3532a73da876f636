import type { EventSourceKind } from '../world.ts'

/** The metric an event counts for, and the one its money goes to; null when it carries none. */
export interface ReceivedMetric {
  readonly count: string
  readonly value: string | null
}

type ByEvent = Readonly<Record<string, readonly [count: string, value?: string]>>

const WEB: ByEvent = {
  Purchase: ['complete_payment', 'total_complete_payment_rate'],
  AddToCart: ['web_event_add_to_cart', 'total_web_event_add_to_cart_value'],
  ViewContent: ['page_content_view_events', 'total_page_view_content_events_value'],
  InitiateCheckout: ['initiate_checkout', 'total_initiate_checkout_value'],
  AddPaymentInfo: ['add_billing', 'total_add_billing_value'],
  PlaceAnOrder: ['on_web_order', 'total_on_web_order_value'],
  CompleteRegistration: ['user_registration', 'total_user_registration_value'],
  Lead: ['form', 'total_form_value'],
  Contact: ['online_consult', 'total_online_consult_value'],
  Search: ['page_event_search', 'total_page_event_search_value'],
  Download: ['download_start', 'total_download_start_value'],
  AddToWishlist: ['on_web_add_to_wishlist', 'total_on_web_add_to_wishlist_value'],
  Subscribe: ['on_web_subscribe', 'total_on_web_subscribe_value'],
  ClickButton: ['button_click', 'total_button_click_value'],
  PageView: ['total_pageview', 'total_value_per_pageview'],
  FindLocation: ['website_total_find_location', 'website_total_find_location_value'],
  Schedule: ['website_total_schedule', 'website_total_schedule_value'],
  CustomizeProduct: ['website_total_customize_product', 'website_total_customize_product_value'],
  ApplicationApproval: ['website_application_approval', 'website_total_application_approval_value'],
  StartTrial: ['website_total_start_trial', 'website_total_start_trial_value'],
  SubmitApplication: ['website_total_submit_application', 'website_total_submit_application_value'],
}

const APP: ByEvent = {
  InstallApp: ['app_install'],
  LaunchAPP: ['launch_app'],
  Registration: ['registration'],
  Purchase: ['purchase', 'total_purchase_value'],
  AddToCart: ['app_event_add_to_cart', 'total_app_event_add_to_cart_value'],
  Checkout: ['checkout', 'total_checkout_value'],
  ViewContent: ['view_content', 'total_view_content_value'],
  AddPaymentInfo: ['add_payment_info'],
  AddToWishlist: ['add_to_wishlist', 'total_add_to_wishlist_value'],
  CompleteTutorial: ['complete_tutorial', 'total_complete_tutorial_value'],
  CreateGroup: ['create_group', 'total_create_group_value'],
  JoinGroup: ['join_group', 'total_join_group_value'],
  CreateRole: ['create_gamerole', 'total_create_gamerole_value'],
  SpendCredits: ['spend_credits', 'total_spend_credits_value'],
  AchieveLevel: ['achieve_level', 'total_achieve_level_value'],
  UnlockAchievement: ['unlock_achievement', 'total_unlock_achievement_value'],
  GenerateLead: ['sales_lead', 'total_sales_lead_value'],
  InAppADClick: ['in_app_ad_click', 'total_in_app_ad_click_value'],
  InAppADImpr: ['in_app_ad_impr', 'total_in_app_ad_impr_value'],
  InAppAdImpr: ['in_app_ad_impr', 'total_in_app_ad_impr_value'],
  LoanApplication: ['loan_apply'],
  LoanApproval: ['loan_credit'],
  LoanDisbursal: ['loan_disbursement'],
  Login: ['login'],
  Rate: ['ratings', 'total_ratings_value'],
  Search: ['search'],
  StartTrial: ['start_trial'],
  Subscribe: ['subscribe', 'total_subscribe_value'],
}

const offline = (name: string): readonly [string, string] => [`offline_${name}_events`, `offline_${name}_events_value`]

const OFFLINE: ByEvent = {
  Purchase: offline('shopping'),
  Contact: offline('contact'),
  Subscribe: offline('subscribe'),
  Lead: offline('form'),
  AddPaymentInfo: offline('add_payment_info'),
  AddToCart: offline('add_to_cart'),
  AddToWishlist: offline('add_to_wishlist'),
  ClickButton: offline('click_button'),
  CompleteRegistration: offline('complete_registration'),
  Download: offline('download'),
  InitiateCheckout: offline('initiate_checkout'),
  PlaceAnOrder: offline('place_order'),
  Search: offline('search'),
  ViewContent: offline('view_content'),
  FindLocation: ['offline_total_find_location', 'offline_total_find_location_value'],
  Schedule: ['offline_total_schedule', 'offline_total_schedule_value'],
  CustomizeProduct: ['offline_total_customize_product', 'offline_total_customize_product_value'],
  ApplicationApproval: ['offline_application_approval', 'offline_total_application_approval_value'],
  StartTrial: ['offline_total_start_trial', 'offline_total_start_trial_value'],
  SubmitApplication: ['offline_total_submit_application', 'offline_total_submit_application_value'],
}

const BY_SOURCE: Readonly<Record<EventSourceKind, readonly [ByEvent, custom: readonly [string, string]]>> = {
  web: [WEB, ['custom_page_events', 'custom_page_events_value']],
  app: [APP, ['custom_app_events', 'custom_app_events_value']],
  offline: [OFFLINE, ['offline_total_custom_events', 'offline_total_custom_event_value']],
  crm: [{}, ['offline_total_crm_events', 'offline_crm_event_value']],
}

/** What an event of a source counts for, by the name TikTok counts it under. Offline and CRM events stay among themselves. */
export function receivedMetricOf(source: EventSourceKind, name: string): ReceivedMetric {
  const [known, custom] = BY_SOURCE[source]
  const [count, value] = Object.hasOwn(known, name) ? known[name]! : custom
  return { count, value: value ?? null }
}
