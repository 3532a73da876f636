import {
  IconAlertOctagonFilled,
  IconAlertTriangleFilled,
  IconBan,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconCircleXFilled,
  IconClockExclamation,
  IconClockHour4,
  IconEyeExclamation,
  IconHelpSquareRoundedFilled,
  IconPlayerPlayFilled,
  IconPlayerSkipForwardFilled,
  IconPlugConnectedX,
  IconToggleLeft,
} from '@tabler/icons-react'
import type { RunState, SchemaChangeRow, SliceState, StreamWord } from '../../../src/server/contract_streams.ts'
import type { Status } from './status.ts'

/** How a stream of a connection stands. */
export const STREAM: Record<StreamWord, Status> = {
  off: { word: 'Off', tone: 'off', icon: IconToggleLeft },
  never_run: { word: 'Never run', tone: 'off', icon: IconCircleDashed },
  running: { word: 'Running', tone: 'busy', icon: IconPlayerPlayFilled },
  fresh: { word: 'Fresh', tone: 'good', icon: IconCircleCheckFilled },
  stale: { word: 'Stale', tone: 'late', icon: IconClockExclamation },
  failing: { word: 'Failing', tone: 'bad', icon: IconAlertOctagonFilled },
  waiting_for_review: { word: 'Waiting for review', tone: 'late', icon: IconEyeExclamation },
}

/** How a run stands or ended. */
export const RUN: Record<RunState, Status> = {
  queued: { word: 'Queued', tone: 'busy', icon: IconClockHour4 },
  running: { word: 'Running', tone: 'busy', icon: IconPlayerPlayFilled },
  interrupted: { word: 'Interrupted', tone: 'late', icon: IconPlugConnectedX },
  succeeded: { word: 'Succeeded', tone: 'good', icon: IconCircleCheckFilled },
  partial: { word: 'Partial', tone: 'late', icon: IconAlertTriangleFilled },
  failed: { word: 'Failed', tone: 'bad', icon: IconCircleXFilled },
  cancelled: { word: 'Cancelled', tone: 'off', icon: IconBan },
}

/** How one slice of a run stands. */
export const SLICE: Record<SliceState, Status> = {
  waiting: { word: 'Waiting', tone: 'off', icon: IconCircleDashed },
  reading: { word: 'Reading', tone: 'busy', icon: IconPlayerPlayFilled },
  done: { word: 'Done', tone: 'good', icon: IconCircleCheckFilled },
  failed: { word: 'Failed', tone: 'bad', icon: IconCircleXFilled },
  skipped: { word: 'Skipped', tone: 'off', icon: IconPlayerSkipForwardFilled },
  unconfirmed: { word: 'To be confirmed', tone: 'late', icon: IconHelpSquareRoundedFilled },
}

/** How much a change of a table's shape touches what stands there. */
export const SEVERITY: Record<SchemaChangeRow['severity'], Status> = {
  safe: { word: 'Safe', tone: 'good', icon: IconCircleCheckFilled },
  review: { word: 'Review', tone: 'late', icon: IconEyeExclamation },
  breaking: { word: 'Breaking', tone: 'bad', icon: IconAlertOctagonFilled },
}

/** A step of a check. */
export const PASSED: Status = { word: 'Passed', tone: 'good', icon: IconCircleCheckFilled }
export const FAILED: Status = { word: 'Failed', tone: 'bad', icon: IconCircleXFilled }
