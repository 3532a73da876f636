import type { GoalName } from './goals.ts'
import type { Automation, BuyingType, Campaign } from './world.ts'

/** What becomes of a campaign. */
export type Fate = 'runs' | 'disabled' | 'ended' | 'deleted'

/** What kind of campaign it is, before it has a name, dates and figures. */
export interface CampaignPlan {
  readonly goal: GoalName
  readonly automation: Automation
  readonly buyingType: BuyingType
  readonly origin: Campaign['origin']
  readonly isBudgetOptimised: boolean
  readonly fate: Fate
}

const plan = (goal: GoalName, changes: Partial<CampaignPlan> = {}): CampaignPlan => ({
  goal,
  automation: 'MANUAL',
  buyingType: 'AUCTION',
  origin: 'TT_ADS_PLATFORM',
  isBudgetOptimised: false,
  fate: 'runs',
  ...changes,
})

const UPGRADED = { automation: 'UPGRADED_SMART_PLUS', isBudgetOptimised: true } as const

/** An account's campaigns go through these in turn, so that five already differ and fourteen have all there is. */
const PLANS: readonly CampaignPlan[] = [
  plan('purchases', { isBudgetOptimised: true }),
  plan('purchases', UPGRADED),
  plan('traffic', { fate: 'disabled' }),
  plan('purchases', { fate: 'deleted' }),
  plan('carts'),
  plan('installs', UPGRADED),
  plan('views', { origin: 'PROMOTE', fate: 'ended' }),
  plan('reserved_reach', { buyingType: 'RESERVATION_RF', fate: 'ended' }),
  plan('value', { automation: 'SMART_PLUS' }),
  plan('top_view', { buyingType: 'RESERVATION_TOP_VIEW', fate: 'ended' }),
  plan('leads'),
  plan('app_purchases', { isBudgetOptimised: true }),
  plan('shop'),
  plan('reach', { fate: 'ended' }),
  plan('followers'),
  plan('leads', UPGRADED),
  plan('views', { fate: 'deleted' }),
]

/** The plan of an account's campaign number `serial`. */
export const planOf = (serial: number): CampaignPlan => PLANS[serial % PLANS.length]!

/** The plan of a campaign a test asks for. */
export const PLAIN_PLAN = plan('purchases')
