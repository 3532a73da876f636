import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DeliveryTrace } from '../../../src/server/contract.ts'
import { fixtureOf } from './fixture.ts'

const aDelivery = (changes: Partial<DeliveryTrace>): DeliveryTrace => ({
  mapping: 'Order Completed',
  state: 'delivered',
  reason: null,
  mapped: {},
  notes: [],
  warnings: [],
  item: null,
  request: null,
  curl: null,
  attempts: 1,
  firstAttemptAt: 0,
  retryAt: null,
  revision: 1,
  calls: [],
  ...changes,
})

const reason = { code: 'mapping.missing_field', message: 'event_time is missing' }
const request = { method: 'POST' as const, url: 'http://127.0.0.1/event/track/', body: '{}' }

test('a fixture holds the event and the verdict of each delivery', () => {
  const deliveries = [
    aDelivery({ request }),
    aDelivery({ mapping: null, state: 'filtered' }),
    aDelivery({ state: 'dead', reason }),
  ]
  const trace = {
    id: 1,
    source: 'shop',
    receivedAt: 0,
    standing: 'dead' as const,
    event: { type: 'track' },
    syncs: [{ sync: 's', destination: 'pixel', rules: [], deliveries }],
  }

  assert.deepEqual(fixtureOf(trace), {
    source: 'shop',
    event: { type: 'track' },
    deliveries: [
      { sync: 's', mapping: 'Order Completed', destination: 'pixel', verdict: 'would_send', request },
      { sync: 's', mapping: null, destination: 'pixel', verdict: 'filtered' },
      { sync: 's', mapping: 'Order Completed', destination: 'pixel', verdict: 'invalid', reason },
    ],
  })
})
