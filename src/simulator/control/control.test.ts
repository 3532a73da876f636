import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aBody, anEvent, aSimulator, crmBody, NOW, type Parsed, PIXEL, TOKEN, TRACK } from '../testing.ts'

const ids = (answer: Parsed) => answer.events.map(({ event_id }: Parsed) => event_id)
const events = (...names: string[]) => names.map((event_id) => anEvent({ event_id }))

test('an event is listed with all that is known about it', async (t) => {
  const tiktok = await aSimulator(t)
  const event = anEvent()

  await tiktok.track(aBody([event]))

  const { totals, last_seq, events } = await tiktok.control('GET', 'events')
  const tally = { received: 1, counted: 1, duplicates: 0, merged: 0, test: 0 }
  assert.deepEqual(totals, { ...tally, by_event: { Purchase: tally } })
  assert.equal(last_seq, 1)
  assert.deepEqual(events, [
    {
      seq: 1,
      received_at: new Date(NOW).toISOString(),
      path: TRACK,
      channel: 'server',
      event_source: 'web',
      event_source_id: PIXEL,
      event: 'Purchase',
      counted_as: 'Purchase',
      event_id: 'order-1',
      event_time: event.event_time,
      test_event_code: null,
      verdict: 'counted',
      merged_copies: 0,
      match_keys: ['email', 'ip', 'user_agent'],
      diagnostics: [],
      payload: event,
    },
  ])
})

test('events are listed newest first, up to the limit, after a number', async (t) => {
  const tiktok = await aSimulator(t)
  await tiktok.track(aBody(events('a', 'b', 'c')))
  await tiktok.track(aBody(events('d')))

  assert.deepEqual(ids(await tiktok.control('GET', 'events')), ['d', 'c', 'b', 'a'])
  assert.deepEqual(ids(await tiktok.control('GET', 'events?limit=2')), ['d', 'c'])
  assert.deepEqual(ids(await tiktok.control('GET', 'events?after=2')), ['d', 'c'])
})

test('events are found by source, by old or new name, by id and by verdict', async (t) => {
  const tiktok = await aSimulator(t)
  await tiktok.track(
    aBody([anEvent({ event: 'CompletePayment' }), anEvent(), anEvent({ event: 'Lead', event_id: 'lead-1' })]),
  )
  await tiktok.track(crmBody(anEvent({ event_id: 'crm-1' })))
  const found = async (query: string) => {
    const answer = await tiktok.control('GET', `events?${query}`)
    return [ids(answer), answer.totals.received]
  }

  assert.deepEqual(await found(`event_source_id=${PIXEL}`), [['lead-1', 'order-1'], 3])
  assert.deepEqual(await found('event=Purchase'), [['crm-1', 'order-1'], 3])
  assert.deepEqual(await found('event=CompletePayment'), [['crm-1', 'order-1'], 3])
  assert.deepEqual(await found('event_id=lead-1'), [['lead-1'], 1])
  assert.deepEqual(await found('verdict=duplicate'), [['order-1'], 4])
  assert.deepEqual(await found('verdict=all&event=Lead'), [['lead-1'], 1])
})

test('test events are listed by their code and nowhere else', async (t) => {
  const tiktok = await aSimulator(t)
  await tiktok.track(aBody(events('live')))
  await tiktok.track(aBody(events('one'), { test_event_code: 'TEST1' }))
  await tiktok.track(aBody(events('two'), { test_event_code: 'TEST2' }))

  assert.deepEqual(ids(await tiktok.control('GET', 'events')), ['live'])
  assert.deepEqual(ids(await tiktok.control('GET', 'events?test_event_code=TEST1')), ['one'])
  assert.deepEqual(ids(await tiktok.control('GET', 'events?test_event_code=*')), ['two', 'one'])
  assert.equal((await tiktok.control('GET', 'events?test_event_code=TEST1')).totals.test, 1)
})

test('whole events are kept for the newest five thousand, ids and totals for all', async (t) => {
  const tiktok = await aSimulator(t)
  for (let batch = 0; batch < 7; batch++) {
    const data = Array.from({ length: 1000 }, (_, index) => anEvent({ event_id: `${batch}-${index}` }))
    await tiktok.track(aBody(data))
  }

  const { totals, events } = await tiktok.control('GET', 'events?limit=10000')
  const text = await (await fetch(`${tiktok.url}/__simulator/events?ids=1`)).text()
  const old = await tiktok.control('GET', 'events?event_id=0-0')

  assert.equal(totals.counted, 7000)
  assert.equal(events.length, 5000)
  assert.equal(events.at(-1).event_id, '2-0')
  assert.equal(new Set(text.trimEnd().split('\n')).size, 7000)
  assert.deepEqual(
    [old.events, old.remembered],
    [[], [{ event_source_id: PIXEL, event: 'Purchase', first_received_at: new Date(NOW).toISOString() }]],
  )
})

test('counted ids come as lines, each once, filtered by source and name', async (t) => {
  const tiktok = await aSimulator(t)
  const idLines = async (query = '') => (await fetch(`${tiktok.url}/__simulator/events?ids=1${query}`)).text()

  const before = await idLines()
  await tiktok.track(aBody(events('a', 'a', 'b', 'line\nbreak')))
  await tiktok.track(aBody(events('test'), { test_event_code: 'TEST1' }))
  await tiktok.track(crmBody(anEvent({ event: 'Lead', event_id: 'c' })))

  assert.equal(before, '')
  assert.equal(await idLines(), 'a\nb\n"line\\nbreak"\nc\n')
  assert.equal(await idLines(`&event_source_id=${PIXEL}&event=Purchase`), 'a\nb\n"line\\nbreak"\n')
  assert.equal(await idLines('&event=SubmitForm'), 'c\n')
})

test('requests are on record with their outcome and a masked token', async (t) => {
  const tiktok = await aSimulator(t)
  await tiktok.track(aBody(events('a', 'b')))
  await tiktok.track(aBody([anEvent({ event_id: 7 })]))

  const { total, requests } = await tiktok.control('GET', 'requests')

  const { duration_ms, request_id, user_agent, content_type, ...first } = requests[1]
  assert.equal(total, 2)
  assert.deepEqual(first, {
    id: 1,
    at: new Date(NOW).toISOString(),
    method: 'POST',
    path: TRACK,
    token: 'sim…(15)',
    event_source_id: PIXEL,
    items: 2,
    status: 200,
    code: 0,
    message: 'OK',
    fault: null,
  })
  assert.equal(requests[0].code, 40002)
  assert.ok(!JSON.stringify(requests).includes(TOKEN))
})

test('requests are filtered by code, path and number, and shown with their bodies', async (t) => {
  const tiktok = await aSimulator(t)
  await tiktok.track(aBody(events('a')))
  await tiktok.track('no json')
  await tiktok.get('/open_api/v1.3/nowhere/')
  const idsOf = async (query: string) =>
    (await tiktok.control('GET', `requests?${query}`)).requests.map(({ id }: Parsed) => id)

  assert.deepEqual(await idsOf('code=0'), [1])
  assert.deepEqual(await idsOf('path=/event/'), [2, 1])
  assert.deepEqual(await idsOf('after=1&limit=1'), [3])
  const { requests } = await tiktok.control('GET', 'requests?bodies=1')
  assert.deepEqual(
    requests.map(({ body }: Parsed) => body),
    ['', 'no json', aBody(events('a'))],
  )
})

test('the clock is set, goes on from there and is moved', async (t) => {
  let now = NOW
  const tiktok = await aSimulator(t, { now: () => now })

  const set = await tiktok.control('POST', 'clock', { now: '2030-01-01T00:00:00Z' })
  now += 5
  const later = await tiktok.control('GET', 'clock')
  const moved = await tiktok.control('POST', 'clock', { advance_ms: 1000 })

  assert.equal(set.now, '2030-01-01T00:00:00.000Z')
  assert.equal(later.now, '2030-01-01T00:00:00.005Z')
  assert.deepEqual(moved, {
    now: '2030-01-01T00:00:01.005Z',
    now_ms: Date.parse('2030-01-01T00:00:01.005Z'),
    offset_ms: moved.now_ms - now,
  })
})

for (const body of [{}, { now: 'yesterday' }, { now: -1 }, { advance_ms: '1h' }, { advance_ms: 1e300 }, []]) {
  test(`the clock is not set by ${JSON.stringify(body)}`, async (t) => {
    const tiktok = await aSimulator(t)

    const answer = await tiktok.control('POST', 'clock', body)

    assert.match(answer.error, /^Cannot /)
    assert.equal((await tiktok.control('GET', 'clock')).offset_ms, 0)
  })
}

test('reset forgets what was received, the faults and the clock, and keeps the world', async (t) => {
  const tiktok = await aSimulator(t)
  await tiktok.track(aBody([anEvent({ event: 'custom' })]))
  await tiktok.control('POST', 'world', { tokens: { second: {} } })
  await tiktok.control('POST', 'clock', { advance_ms: 5 })
  await tiktok.control('POST', 'faults', { fault: 'throttle' })

  await tiktok.control('POST', 'reset')

  const { totals, events } = await tiktok.control('GET', 'events')
  assert.deepEqual([totals.received, events], [0, []])
  assert.deepEqual((await tiktok.control('GET', 'requests')).requests, [])
  assert.deepEqual((await tiktok.control('GET', 'diagnostics')).diagnostics, [])
  assert.deepEqual((await tiktok.control('GET', 'faults')).faults, [])
  assert.equal((await tiktok.control('GET', 'clock')).offset_ms, 0)
  assert.ok((await tiktok.control('GET', 'world')).tokens.second)
  await tiktok.control('POST', 'reset?world=1')
  assert.equal((await tiktok.control('GET', 'world')).tokens.second, undefined)
  assert.equal((await tiktok.track(aBody([anEvent()]))).code, 0)
})

test('the pixel fires only for pixels there are, and only good events', async (t) => {
  const tiktok = await aSimulator(t)
  const fire = async (body: object) => (await tiktok.control('POST', 'pixel', body)).error

  assert.match(await fire({ event_source_id: 'C', data: [anEvent()] }), /there is no pixel "C"/)
  assert.match(await fire({ event_source_id: PIXEL }), /"data" is no list/)
  assert.match(
    await fire({ event_source_id: PIXEL, data: [anEvent({ event_id: 5 })] }),
    /data.0.event_id is not a valid string/,
  )
})

test("an unknown path of the simulator's own is 404 and names the known ones", async (t) => {
  const tiktok = await aSimulator(t)

  const response = await fetch(`${tiktok.url}/__simulator/audiences`)

  assert.equal(response.status, 404)
  assert.match(await response.text(), /GET \/__simulator\/events\//)
})

for (const query of ['limit=many', 'limit=', 'after=-1', 'verdict=lost']) {
  test(`events?${query} is a bad request`, async (t) => {
    const tiktok = await aSimulator(t)

    const response = await fetch(`${tiktok.url}/__simulator/events?${query}`)

    assert.equal(response.status, 400)
  })
}

test("a website's script cannot steer the simulator; its own page can", async (t) => {
  const tiktok = await aSimulator(t)
  const reset = async (origin: string) =>
    (await fetch(`${tiktok.url}/__simulator/reset`, { method: 'POST', headers: { origin } })).status

  assert.equal(await reset('https://evil.example.com'), 403)
  assert.equal(await reset('null'), 403)
  assert.equal(await reset(tiktok.url), 200)
})
