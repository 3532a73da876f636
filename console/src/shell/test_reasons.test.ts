import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AccountSpec, ConnectionSpec, DestinationSpec, Typed } from '../api/specs.ts'
import { testReasons } from './test_reasons.ts'

const named = <S>(name: string, spec: S) => ({ name, spec }) as Typed<S>
const live = named<AccountSpec>('live', {})
const local = named<AccountSpec>('local', { api_url: 'http://127.0.0.1:8701' })
const pixel = (name: string, account: string, test_event_code?: string) =>
  named<DestinationSpec>(name, {
    type: 'web_events',
    account,
    pixel_code: 'C1',
    ...(test_event_code ? { test_event_code } : {}),
  })

const nothing = { accounts: [live, local], destinations: [], connections: [], simulatorUrl: null }

test('a connection that reads a local TikTok is a test', () => {
  const connection = (name: string, account: string) =>
    named<ConnectionSpec>(name, { from: { account }, to: { warehouse: 'local' } })

  const reasons = testReasons({ ...nothing, connections: [connection('real', 'live'), connection('demo', 'local')] })

  assert.deepEqual(reasons, { simulated: ['demo'], coded: [] })
})

test('live destinations without a test event code are no test', () => {
  assert.equal(testReasons({ ...nothing, destinations: [pixel('shop', 'live')] }), null)
})

test('a destination behind a local TikTok and one with a test event code are named', () => {
  const reasons = testReasons({ ...nothing, destinations: [pixel('demo', 'local'), pixel('shop', 'live', 'TEST1')] })

  assert.deepEqual(reasons, { simulated: ['demo'], coded: ['shop'] })
})

test('the simulator counts as local wherever it runs', () => {
  const remote = named<AccountSpec>('remote', { api_url: 'https://simulator.example/open_api' })

  const reasons = testReasons({
    ...nothing,
    accounts: [remote],
    destinations: [pixel('shop', 'remote')],
    simulatorUrl: 'https://simulator.example/',
  })

  assert.deepEqual(reasons, { simulated: ['shop'], coded: [] })
})
