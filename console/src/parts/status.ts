import {
  IconAlertOctagonFilled,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconCircleXFilled,
  IconClockHour4,
  IconFilterFilled,
  IconPlayerPauseFilled,
  IconRefresh,
  IconShieldFilled,
  type TablerIcon,
} from '@tabler/icons-react'
import type { DeliveryState, EventRow, Health, Standing } from '../../../src/server/contract.ts'

/** Good: arrived. Late: will heal. Bad: needs a person. Off: on purpose, or never. Busy: under way. */
export type Tone = 'good' | 'late' | 'bad' | 'off' | 'busy'

/** A state in three forms: a word, a shape and a colour. */
export interface Status {
  readonly word: string
  readonly tone: Tone
  readonly icon: TablerIcon
}

export const HEALTH: Record<Health, Status> = {
  healthy: { word: 'Healthy', tone: 'good', icon: IconCircleCheckFilled },
  retrying: { word: 'Retrying', tone: 'late', icon: IconRefresh },
  action_required: { word: 'Action required', tone: 'bad', icon: IconAlertOctagonFilled },
  paused: { word: 'Paused', tone: 'off', icon: IconPlayerPauseFilled },
  idle: { word: 'Idle', tone: 'off', icon: IconCircleDashed },
}

/** What became of an event or of one delivery. */
export type Verdict = Standing | DeliveryState | 'unread'

export const VERDICT: Record<Verdict, Status> = {
  delivered: { word: 'Delivered', tone: 'good', icon: IconCircleCheckFilled },
  retry: { word: 'Retrying', tone: 'late', icon: IconRefresh },
  dead: { word: 'Dead', tone: 'bad', icon: IconCircleXFilled },
  filtered: { word: 'Filtered', tone: 'off', icon: IconFilterFilled },
  suppressed: { word: 'Suppressed', tone: 'off', icon: IconShieldFilled },
  pending: { word: 'Pending', tone: 'busy', icon: IconClockHour4 },
  unread: { word: 'Pending', tone: 'busy', icon: IconClockHour4 },
}

/** The verdict to show for a row: pending is told apart from retrying, which has failed at least once. */
export const verdictOf = (row: EventRow): Verdict =>
  row.standing === 'pending' && row.deliveries.some(({ state }) => state === 'retry') ? 'retry' : row.standing
