import type { Standing } from '../world/state.ts'
import { isDeleted } from '../world/state.ts'
import { oneOfValue, type ReadValue, refuseArgument, textValue } from './arguments.ts'

/** A level as it stands in front of its secondary statuses. */
export type LevelName = 'CAMPAIGN' | 'ADGROUP' | 'AD'

const OF_CAMPAIGN: Partial<Record<Standing, string>> = { delivering: 'ENABLE', disabled: 'DISABLE', deleted: 'DELETE' }
const OF_ADGROUP: Partial<Record<Standing, string>> = {
  delivering: 'DELIVERY_OK',
  disabled: 'DISABLE',
  deleted: 'DELETE',
  campaign_disabled: 'CAMPAIGN_DISABLE',
  campaign_deleted: 'CAMPAIGN_DELETE',
  ended: 'TIME_DONE',
  not_started: 'NOT_START',
}
const OF_AD: Partial<Record<Standing, string>> = {
  ...OF_ADGROUP,
  adgroup_disabled: 'ADGROUP_DISABLE',
  adgroup_deleted: 'ADGROUP_DELETE',
  ended: 'DONE',
}
const SUFFIXES = { CAMPAIGN: OF_CAMPAIGN, ADGROUP: OF_ADGROUP, AD: OF_AD }

/** `ADGROUP_STATUS_CAMPAIGN_DISABLE`: TikTok's word for how an entity stands. */
export const secondaryStatus = (level: LevelName, standing: Standing): string =>
  `${level}_STATUS_${SUFFIXES[level][standing]}`

const PRIMARY = [
  'STATUS_ALL',
  'STATUS_NOT_DELETE',
  'STATUS_DELETE',
  'STATUS_DELIVERY_OK',
  'STATUS_DISABLE',
  'STATUS_NOT_DELIVERY',
  'STATUS_TIME_DONE',
  'STATUS_FROZEN',
] as const
const PRIMARY_OF = {
  CAMPAIGN: PRIMARY,
  ADGROUP: [...PRIMARY, 'STATUS_RF_CLOSED'],
  AD: [...PRIMARY, 'STATUS_RF_CLOSED', 'STATUS_CLOSED'],
} as const

/** A primary status that this level has. */
export const primaryStatusValue = (level: LevelName): ReadValue<string> => oneOfValue(PRIMARY_OF[level])

/** Whether a standing has a primary status. None of this world is ever frozen or closed. */
export function hasPrimary(standing: Standing, primary: string): boolean {
  switch (primary) {
    case 'STATUS_ALL':
      return true
    case 'STATUS_NOT_DELETE':
      return !isDeleted(standing)
    case 'STATUS_DELETE':
      return isDeleted(standing)
    case 'STATUS_DELIVERY_OK':
      return standing === 'delivering'
    case 'STATUS_DISABLE':
      return standing === 'disabled'
    case 'STATUS_NOT_DELIVERY':
      return standing === 'campaign_disabled' || standing === 'adgroup_disabled' || standing === 'not_started'
    case 'STATUS_TIME_DONE':
      return standing === 'ended'
    default:
      return false
  }
}

const SHARED = /^(ADVERTISER_[A-Z_]+|STATUS_[A-Z_]+)$/

/** A secondary status of this level: the name of another level is refused. */
export const secondaryStatusValue =
  (level: LevelName): ReadValue<string> =>
  (value, name) => {
    const status = textValue(value, name)
    const isOfLevel = new RegExp(`^${level}_STATUS_[A-Z_]+$`).test(status)
    return isOfLevel || SHARED.test(status) ? status : refuseArgument(name, `${status} is not a status of this level`)
  }

/** Whether a standing has a secondary status; `*_STATUS_ALL` is any, `*_STATUS_NOT_DELETE` all that are left. */
export function hasSecondary(level: LevelName, standing: Standing, status: string): boolean {
  if (status.startsWith('STATUS_')) return hasPrimary(standing, status)
  if (status === `${level}_STATUS_ALL`) return true
  if (status === `${level}_STATUS_NOT_DELETE`) return !isDeleted(standing)
  return secondaryStatus(level, standing) === status
}
