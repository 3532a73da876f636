import { Text } from '@mantine/core'
import type { Reason } from '../../../src/server/contract.ts'

/** A reason in full: what happened, at which field, what to do, and the stable code. */
export function ReasonText({ reason }: { reason: Reason }) {
  return (
    <div>
      <Text size="sm" className="wrap">
        {reason.message}
      </Text>
      {reason.remedy && (
        <Text size="sm" className="wrap">
          <strong>What to do:</strong> {reason.remedy}
        </Text>
      )}
      <Text size="xs" c="dimmed" className="wrap mono">
        {reason.code}
        {reason.field ? ` · ${reason.field}` : ''}
      </Text>
    </div>
  )
}
