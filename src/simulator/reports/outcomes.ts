import { getOrAdd } from '../get_or_add.ts'
import type { Goal } from '../world/world.ts'
import { columnOf } from './columns.ts'

/** Who gets the credit: a click, a view, or a view of six seconds. */
export type Credit = 'click' | 'view' | 'engaged'

/** Something a person does after an ad, with what it adds to. */
export interface Outcome {
  /** Of all who set out, how many come this far. Nested: who comes further has come this far. */
  readonly share: number
  /** When, as a part of the way from the click to the last step. */
  readonly at: number
  /** Counted once. */
  readonly counts: readonly number[]
  /** Counted once, and now and then again: TikTok's `total_` figures. */
  readonly totals: readonly number[]
  readonly values: readonly number[]
  readonly credits: { readonly [credit in Credit]: readonly number[] }
  readonly creditValues: { readonly [credit in Credit]: readonly number[] }
  /** Value columns of those within so many days of the first step. */
  readonly within: readonly { readonly days: number; readonly column: number }[]
  /** Columns that are booked on the day it happens. */
  readonly realTime: readonly number[]
  readonly realTimeValues: readonly number[]
}

/** What people do after an ad of some goal. */
export interface Journey {
  /** The step they set out from, and how many of those set out. */
  readonly origin: number
  readonly share: number
  readonly outcomes: readonly Outcome[]
}

interface Names {
  readonly counts?: readonly string[]
  readonly totals?: readonly string[]
  readonly values?: readonly string[]
  readonly click?: readonly string[]
  readonly view?: readonly string[]
  readonly engaged?: readonly string[]
  readonly clickValues?: readonly string[]
  readonly viewValues?: readonly string[]
  readonly within?: readonly (readonly [days: number, name: string])[]
  readonly realTime?: readonly string[]
  readonly realTimeValues?: readonly string[]
}

const NAMES: Readonly<Record<string, Names>> = {
  web_event_add_to_cart: { counts: ['web_event_add_to_cart'], values: ['total_web_event_add_to_cart_value'] },
  initiate_checkout: { counts: ['initiate_checkout'], values: ['total_initiate_checkout_value'] },
  add_billing: { counts: ['add_billing'], values: ['total_add_billing_value'] },
  on_web_order: { counts: ['on_web_order'], values: ['total_on_web_order_value'] },
  complete_payment: {
    counts: ['complete_payment'],
    values: ['total_complete_payment_rate'],
    click: ['website_cta_purchase'],
    clickValues: ['website_cta_purchase_value'],
    view: ['vta_complete_payment'],
    viewValues: ['vta_complete_payment_value'],
    engaged: ['evta_payments_completed'],
  },
  app_install: {
    counts: ['app_install'],
    click: ['cta_app_install'],
    view: ['vta_app_install'],
    engaged: ['evta_app_install'],
    realTime: ['real_time_app_install'],
  },
  launch_app: { counts: ['launch_app'], totals: ['total_launch_app'] },
  login: { counts: ['login'], totals: ['total_login'] },
  registration: {
    counts: ['registration'],
    totals: ['total_registration'],
    click: ['cta_registration'],
    view: ['vta_registration'],
    engaged: ['evta_registration'],
  },
  view_content: { counts: ['view_content'], totals: ['total_view_content'] },
  add_to_wishlist: { counts: ['add_to_wishlist'], totals: ['total_add_to_wishlist'] },
  complete_tutorial: { counts: ['complete_tutorial'], totals: ['total_complete_tutorial'] },
  sales_lead: { counts: ['sales_lead'], totals: ['total_sales_lead'] },
  search: { counts: ['search'], totals: ['total_search'] },
  start_trial: { counts: ['start_trial'], totals: ['total_start_trial'] },
  subscribe: { counts: ['subscribe'], totals: ['total_subscribe'] },
  app_event_add_to_cart: {
    counts: ['app_event_add_to_cart'],
    totals: ['total_app_event_add_to_cart'],
    values: ['total_app_event_add_to_cart_value'],
  },
  checkout: { counts: ['checkout'], totals: ['total_checkout'], values: ['total_checkout_value'] },
  add_payment_info: { counts: ['add_payment_info'], totals: ['total_add_payment_info'] },
  purchase: {
    counts: ['purchase'],
    totals: ['total_purchase'],
    values: ['total_purchase_value'],
    click: ['cta_purchase'],
    view: ['vta_purchase'],
    engaged: ['evta_purchase'],
    within: [
      [0, 'total_purchase_value_day0'],
      [2, 'total_purchase_value_day2'],
      [6, 'total_purchase_value_day6'],
    ],
  },
  onsite_on_web_cart: { counts: ['onsite_on_web_cart'], values: ['total_onsite_on_web_cart_value'] },
  onsite_initiate_checkout_count: {
    counts: ['onsite_initiate_checkout_count'],
    values: ['total_onsite_initiate_checkout_count_value'],
  },
  onsite_shopping: {
    counts: ['onsite_shopping', 'shop_total_items_purchased'],
    values: ['total_onsite_shopping_value'],
    realTime: ['shop_total_purchase_by_order_submission'],
    realTimeValues: ['shop_gross_revenue_by_order_submission'],
  },
  onsite_form: { counts: ['onsite_form'] },
}

const CONVERSION: Names = {
  counts: ['conversion'],
  click: ['cta_conversion'],
  view: ['vta_conversion'],
  engaged: ['engaged_view_through_conversions'],
  realTime: ['real_time_conversion'],
}

/** What is counted the moment the page is there, and so no step of a journey. */
const AT_ONCE = ['total_landing_page_view', 'page_content_view_events', 'onsite_on_web_detail']

/** Steps TikTok counts though no goal of this world names them: after which step, and how many of those. */
const BESIDE: Readonly<Record<string, readonly (readonly [metric: string, share: number])[]>> = {
  initiate_checkout: [['add_billing', 0.8]],
  complete_payment: [['on_web_order', 0.97]],
  app_install: [
    ['launch_app', 0.97],
    ['login', 0.55],
    ['view_content', 0.45],
  ],
  registration: [
    ['app_event_add_to_cart', 0.3],
    ['checkout', 0.22],
    ['add_payment_info', 0.18],
  ],
  onsite_on_web_cart: [['onsite_initiate_checkout_count', 0.6]],
}

const columns = (names: readonly (readonly string[] | undefined)[]) => names.flatMap((list) => list ?? []).map(columnOf)

function outcome(metric: string, share: number, at: number, goal: Goal): Outcome {
  const names: readonly Names[] = [
    NAMES[metric] ?? { counts: [metric] },
    ...(goal.converts === metric ? [CONVERSION] : []),
  ]
  const all = (member: Exclude<keyof Names, 'within'>) => columns(names.map((one) => one[member]))
  return {
    share,
    at,
    counts: all('counts'),
    totals: all('totals'),
    values: all('values'),
    credits: { click: all('click'), view: all('view'), engaged: all('engaged') },
    creditValues: { click: all('clickValues'), view: all('viewValues'), engaged: [] },
    within: names.flatMap(({ within }) => within ?? []).map(([days, name]) => ({ days, column: columnOf(name) })),
    realTime: all('realTime'),
    realTimeValues: all('realTimeValues'),
  }
}

function makeJourney(goal: Goal): Journey | null {
  const first = goal.funnel.findIndex(({ metric }) => !AT_ONCE.includes(metric))
  const start = goal.funnel[first]
  if (start === undefined) return null
  const steps = goal.funnel.slice(first)
  let share = 1
  const outcomes = steps.flatMap(({ metric, share: own }, nth) => {
    share = nth === 0 ? 1 : share * own
    const at = (nth + 1) / steps.length
    const beside = (BESIDE[metric] ?? []).map(([name, part]) => outcome(name, share * part, at, goal))
    return [outcome(metric, share, at, goal), ...beside]
  })
  return { origin: columnOf(goal.funnel[first - 1]?.metric ?? 'clicks'), share: start.share, outcomes }
}

const journeys = new Map<Goal, Journey | null>()

const booked = new Map<Goal, Map<string, Outcome>>()

/** What a metric of an ad of a goal adds to, by itself. */
export const outcomeOf = (metric: string, goal: Goal): Outcome =>
  getOrAdd(
    getOrAdd(booked, goal, () => new Map<string, Outcome>()),
    metric,
    () => outcome(metric, 1, 1, goal),
  )

/** What people do after an ad of a goal, or null when nothing is counted later than the click. */
export const journeyOf = (goal: Goal): Journey | null => getOrAdd(journeys, goal, () => makeJourney(goal))
