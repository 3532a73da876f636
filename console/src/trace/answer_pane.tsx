import { Stack, Text, Timeline } from '@mantine/core'
import type { ReactNode } from 'react'
import type { DeliveryTrace, Receipt } from '../../../src/server/contract.ts'
import { count, counted } from '../parts/amounts.ts'
import { StatusIcon } from '../parts/chip.tsx'
import { CopyIcon } from '../parts/copy.tsx'
import { TimeAgo } from '../parts/time_ago.tsx'
import { callStatus } from './call_status.ts'
import { NotReached } from './pane.tsx'
import styles from './trace.module.css'

/** What TikTok said: the newest answer in full, then every attempt. */
export function Answers({ delivery }: { delivery: DeliveryTrace }) {
  const [newest] = delivery.calls
  return (
    <Stack gap="md">
      {newest ? <ReceiptFacts receipt={newest} /> : <NotReached>TikTok was not asked</NotReached>}
      <Attempts delivery={delivery} />
    </Stack>
  )
}

/** One answer's facts side by side. */
export function ReceiptFacts({ receipt }: { receipt: Receipt }) {
  const status = callStatus(receipt)
  return (
    <dl className={styles['facts']}>
      <Fact label="Verdict">
        <span style={{ display: 'inline-flex', gap: 6, alignItems: 'center' }}>
          <StatusIcon status={status} size={16} /> {status.word}
        </span>
      </Fact>
      <Fact label="TikTok code">{receipt.code ?? '–'}</Fact>
      <Fact label="Message">{receipt.message || '–'}</Fact>
      <Fact label="HTTP status">{receipt.status || '–'}</Fact>
      <Fact label="Took">{count(receipt.durationMs)} ms</Fact>
      <Fact label="Events in the call">{count(receipt.items)}</Fact>
      <Fact label="request_id">
        {receipt.requestId ? (
          <span className="mono">
            {receipt.requestId} <CopyIcon value={receipt.requestId} label="Copy request_id" />
          </span>
        ) : (
          '–'
        )}
      </Fact>
    </dl>
  )
}

const Fact = ({ label, children }: { label: string; children: ReactNode }) => (
  <div>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </div>
)

function Attempts({ delivery }: { delivery: DeliveryTrace }) {
  if (delivery.calls.length < 2 && delivery.retryAt === null) return null
  return (
    <div>
      <Text size="sm" fw={650} mb="xs">
        {counted(delivery.calls.length, 'call')}, {counted(delivery.attempts, 'attempt')} spent
        {delivery.retryAt !== null && (
          <Text span size="sm" c="dimmed">
            {' '}
            · next <TimeAgo at={delivery.retryAt} />
          </Text>
        )}
      </Text>
      <Timeline bulletSize={18} lineWidth={1} aria-label="Calls">
        {delivery.calls.map((receipt) => (
          <Attempt key={receipt.sentAt} receipt={receipt} />
        ))}
      </Timeline>
    </div>
  )
}

function Attempt({ receipt }: { receipt: Receipt }) {
  const status = callStatus(receipt)
  return (
    <Timeline.Item bullet={<StatusIcon status={status} size={18} />}>
      <Text size="sm" className="wrap">
        <strong>{status.word}</strong> <TimeAgo at={receipt.sentAt} />
        {receipt.code !== null && ` · code ${receipt.code}`}
        {receipt.status > 0 && ` · HTTP ${receipt.status}`} · {count(receipt.durationMs)} ms
      </Text>
      <Text size="xs" c="dimmed" className="wrap">
        {receipt.message}
      </Text>
    </Timeline.Item>
  )
}
