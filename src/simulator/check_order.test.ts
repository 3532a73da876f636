import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Answered, aBody, anEvent, aSimulator, type Parsed, PIXEL, TRACK } from './testing.ts'

interface Attempt {
  path: string
  readonly headers: Record<string, string>
  readonly body: Parsed
  text: string | null
}

interface Spoiler {
  readonly what: string
  spoil(attempt: Attempt): void
  readonly code: number
  readonly message: string | RegExp
}

const STRICT = { page_url: 'required', unhashed_identifier: 40062 }

const noPermission =
  'No permission to operate pixel code: CNOTMINE000000000001. You must be an admin or operator of this advertiser account.'

const invalid = (what: string) => `Invalid value for ${what}.`

/** What can be wrong, first the wrong that wins. Each leaves the ones above it in order. */
const SPOILERS: readonly Spoiler[] = [
  {
    what: 'an unknown path',
    spoil: (a) => {
      a.path = '/open_api/v2.0/event/track/'
    },
    code: 40400,
    message: /Route not found/,
  },
  {
    what: 'no token',
    spoil: (a) => {
      delete a.headers['access-token']
    },
    code: 40104,
    message: /empty/,
  },
  {
    what: 'a wrong token',
    spoil: (a) => {
      a.headers['access-token'] = 'wrong'
    },
    code: 40105,
    message: 'Access token is incorrect or has been revoked.',
  },
  {
    what: 'too many requests',
    spoil: (a) => {
      a.headers['access-token'] = 'busy-token'
    },
    code: 40100,
    message: 'Too many requests. Please retry in some time.',
  },
  {
    what: 'no JSON',
    spoil: (a) => {
      a.text = '{'
    },
    code: 40002,
    message: /JSON/,
  },
  {
    what: 'a wrong event_source',
    spoil: (a) => {
      a.body.event_source = 'shop'
    },
    code: 40002,
    message: 'Invalid value for event_source: must be web, app or offline.',
  },
  {
    what: 'an id that is no text',
    spoil: (a) => {
      a.body.event_source_id = 7
    },
    code: 40002,
    message: invalid('event_source_id: not a valid string'),
  },
  {
    what: 'an id of somebody else',
    spoil: (a) => {
      a.body.event_source_id = 'CNOTMINE000000000001'
    },
    code: 40001,
    message: noPermission,
  },
  {
    what: 'too many events',
    spoil: (a) => {
      a.body.data = a.body.data.concat(Array(1000).fill(anEvent()))
    },
    code: 40002,
    message: 'Invalid value for data: must hold 1 to 1000 events.',
  },
  {
    what: 'no event name',
    spoil: (a) => {
      delete a.body.data[1].event
    },
    code: 40002,
    message: invalid('data.1.event: not a valid string'),
  },
  {
    what: 'milliseconds',
    spoil: (a) => {
      a.body.data[1].event_time *= 1000
    },
    code: 40002,
    message: invalid('data.1.event_time: must be a Unix timestamp in seconds'),
  },
  {
    what: 'a numeric event_id',
    spoil: (a) => {
      a.body.data[1].event_id = 273196
    },
    code: 40002,
    message: invalid('data.1.event_id: not a valid string'),
  },
  {
    what: 'a numeric content_id',
    spoil: (a) => {
      a.body.data[1].properties.contents[0].content_id = 5
    },
    code: 40002,
    message: invalid('data.1.properties.contents.0.content_id: not a valid string'),
  },
  {
    what: 'no page.url',
    spoil: (a) => {
      a.body.data[1].page = {}
    },
    code: 40002,
    message: invalid('data.1.page.url: not a valid URL'),
  },
  {
    what: 'a raw email',
    spoil: (a) => {
      a.body.data[1].user.email = 'ann@example.com'
    },
    code: 40062,
    message: invalid('data.1.user.email: not hashed with SHA-256'),
  },
  {
    what: 'an unsupported currency',
    spoil: (a) => {
      a.body.data[1].properties.currency = 'UYU'
    },
    code: 40002,
    message: invalid('data.1.properties.currency: not a supported currency'),
  },
]

const anAttempt = (): Attempt => ({
  path: TRACK,
  headers: { 'access-token': 'simulator-token' },
  body: structuredClone(aBody([anEvent(), anEvent()])),
  text: null,
})

/** busy-token belongs to a second simulator's worth of rate: none at all. */
const WORLD = { tokens: { 'busy-token': {} } }

for (const [index, spoiler] of SPOILERS.entries()) {
  test(`${spoiler.what} wins over everything that is checked later`, async (t) => {
    const isAboutRate = spoiler.code === 40100
    const settings = { ...STRICT, ...(isAboutRate && { requests_per_second: 0 }) }
    const tiktok = await aSimulator(t, { settings, world: WORLD })
    const attempt = anAttempt()

    for (const later of SPOILERS.slice(index).toReversed()) later.spoil(attempt)
    const { status, code, message, data }: Answered = await tiktok.post(
      attempt.path,
      attempt.text ?? attempt.body,
      attempt.headers,
    )

    assert.deepEqual({ status, code, data }, { status: 200, code: spoiler.code, data: {} })
    if (typeof spoiler.message === 'string') assert.equal(message, spoiler.message)
    else assert.match(message, spoiler.message)
    assert.equal((await tiktok.control('GET', 'events')).totals.received, 0)
  })
}

test('the first bad event is named, whatever is wrong with the others', async (t) => {
  const tiktok = await aSimulator(t)
  const good = anEvent()

  const { message } = await tiktok.track(aBody([good, good, good, anEvent({ page: 7 }), anEvent({ event: '' })]))

  assert.equal(message, 'Invalid value for data.3.page: not a valid object.')
})

test('an event that is no object is named by its index alone', async (t) => {
  const tiktok = await aSimulator(t)

  const { message } = await tiktok.track(aBody([anEvent(), 'Purchase']))

  assert.equal(message, 'Invalid value for data.1: not a valid object.')
})

const ENVELOPES: readonly (readonly [what: string, changes: object, message: string])[] = [
  [
    'event_source is missing',
    { event_source: undefined },
    'Invalid value for event_source: must be web, app or offline.',
  ],
  [
    'event_source is in capitals',
    { event_source: 'WEB' },
    'Invalid value for event_source: must be web, app or offline.',
  ],
  [
    'event_source_id is missing',
    { event_source_id: undefined, pixel_code: PIXEL },
    'Invalid value for event_source_id: not a valid string.',
  ],
  ['event_source_id is empty', { event_source_id: '' }, 'Invalid value for event_source_id: not a valid string.'],
  [
    'an offline call names a pixel code',
    { event_source: 'offline' },
    'Invalid value for event_source_id: not a valid string.',
  ],
  [
    'a web call names an event set',
    { event_source_id: '7000000000000000101' },
    'Invalid value for event_source_id: not a valid string.',
  ],
  ['partner_name is a number', { partner_name: 5 }, 'Invalid value for partner_name: not a valid string.'],
  ['test_event_code is a number', { test_event_code: 5 }, 'Invalid value for test_event_code: not a valid string.'],
  ['data is missing', { data: undefined }, 'Invalid value for data: not a valid list.'],
  ['data is an object', { data: {} }, 'Invalid value for data: not a valid list.'],
  ['data is empty', { data: [] }, 'Invalid value for data: must hold 1 to 1000 events.'],
]

for (const [what, changes, expected] of ENVELOPES) {
  test(`the request is refused when ${what}`, async (t) => {
    const tiktok = await aSimulator(t)

    const { code, message } = await tiktok.track(aBody([anEvent()], changes))

    assert.deepEqual({ code, message }, { code: 40002, message: expected })
  })
}

for (const body of ['', 'null', '[]', '"text"', '{"event_source":']) {
  test(`a body of ${JSON.stringify(body)} is refused as no JSON object`, async (t) => {
    const tiktok = await aSimulator(t)

    const { code, message } = await tiktok.track(body)

    assert.deepEqual({ code, message }, { code: 40002, message: 'Request body is not a valid JSON object.' })
  })
}
