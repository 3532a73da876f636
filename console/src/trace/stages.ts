import { IconCircleDashed } from '@tabler/icons-react'
import type { DeliveryTrace, SyncTrace } from '../../../src/server/contract.ts'
import { type Status, VERDICT } from '../parts/status.ts'
import { callStatus } from './call_status.ts'

/** The stages of an event's way, and how far one delivery came. */
export interface Stage {
  readonly id: string
  readonly title: string
  readonly status: Status
}

const PASSED: Status = { ...VERDICT.delivered, word: 'Done' }
const NOT_REACHED: Status = { word: 'Not reached', tone: 'off', icon: IconCircleDashed }

/** Received → rules → mapped → normalised & hashed → sent → TikTok's answer, each with its status. */
export function stagesOf(sync: SyncTrace, delivery: DeliveryTrace | undefined): readonly Stage[] {
  const matched = sync.rules.some((rule) => rule.enabled && rule.matched)
  const answer = delivery?.calls[0]
  return [
    { id: 'received', title: 'Received', status: PASSED },
    { id: 'rules', title: 'Rules', status: matched ? PASSED : { ...VERDICT.filtered, word: 'No match' } },
    { id: 'mapped', title: 'Mapped', status: reached(Boolean(delivery?.mapped)) },
    { id: 'hashed', title: 'Normalised & hashed', status: shapeStatus(delivery) },
    { id: 'sent', title: 'Sent', status: reached(Boolean(answer)) },
    { id: 'answer', title: "TikTok's answer", status: answer ? callStatus(answer) : NOT_REACHED },
  ]
}

const reached = (yes: boolean): Status => (yes ? PASSED : NOT_REACHED)

function shapeStatus(delivery: DeliveryTrace | undefined): Status {
  if (!delivery?.mapped) return NOT_REACHED
  return delivery.item === null && delivery.state === 'dead' ? { ...VERDICT.dead, word: 'Invalid' } : PASSED
}
