import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aBody, anEvent, aSimulator, crmBody, OFFLINE_SET, PIXEL, TRACK } from './testing.ts'

const TOKENS: readonly (readonly [what: string, grant: object | null, code: number])[] = [
  ['a new token', {}, 0],
  ['a revoked token', { state: 'revoked' }, 40105],
  ['an expired token', { state: 'expired' }, 40102],
  ['a token of another advertiser', { advertisers: ['7000000000000000002'] }, 40001],
  ['a token for this pixel only', { event_sources: [PIXEL] }, 0],
  ['a token for another event source only', { event_sources: [OFFLINE_SET] }, 40001],
  ['no such token', null, 40105],
]

for (const [what, grant, code] of TOKENS) {
  test(`${what} gets ${code}`, async (t) => {
    const tiktok = await aSimulator(t, { world: { tokens: { mine: {} } } })

    await tiktok.control('POST', 'world', { tokens: { mine: grant } })

    assert.equal((await tiktok.post(TRACK, aBody([anEvent()]), { 'access-token': 'mine' })).code, code)
  })
}

test('a patch changes what it names and leaves the rest', async (t) => {
  const tiktok = await aSimulator(t, { settings: { page_url: 'required' } })
  const before = await tiktok.control('GET', 'world')

  const after = await tiktok.control('POST', 'world', {
    crm_event_sets: { '7000000000000000777': { name: 'Second CRM' } },
    settings: { page_url: null, gzip: 'accept' },
  })

  const asset = { name: 'Second CRM', advertiser_id: '7000000000000000001' }
  assert.deepEqual(after, {
    ...before,
    crm_event_sets: { ...before.crm_event_sets, '7000000000000000777': asset },
    settings: { ...before.settings, page_url: 'optional', gzip: 'accept' },
  })
})

test("an event source that is removed is somebody else's", async (t) => {
  const tiktok = await aSimulator(t)

  await tiktok.control('POST', 'world', { crm_event_sets: { '7000000000000000102': null } })

  assert.equal((await tiktok.track(crmBody(anEvent()))).code, 40001)
})

test('an event source with an unusual id is found when it is registered', async (t) => {
  const tiktok = await aSimulator(t, { world: { pixels: { my_pixel: {} } } })

  assert.equal((await tiktok.track(aBody([anEvent()], { event_source_id: 'my_pixel' }))).code, 0)
  assert.equal((await tiktok.track(aBody([anEvent()], { event_source_id: '__proto__' }))).code, 40002)
})

const SENSELESS: readonly (readonly [patch: unknown, error: RegExp])[] = [
  [[], /no JSON object/],
  [{ pixel: {} }, /part "pixel" is unknown; known: advertisers, tokens/],
  [{ pixels: ['C'] }, /pixels is \["C"\]; expected an object/],
  [{ pixels: { C: 'name' } }, /pixels.C is "name"; expected an object/],
  [{ pixels: { C: { nam: 'x' } } }, /pixels.C "nam" is unknown; known: name, advertiser_id/],
  [{ tokens: { T: { state: 'gone' } } }, /tokens.T.state is "gone"; expected active, revoked, expired/],
  [{ tokens: { T: { event_sources: 'C' } } }, /tokens.T.event_sources is "C"; expected a list of texts/],
  [{ developer_apps: { A: {} } }, /developer_apps.A.secret/],
  [{ settings: { gzipp: 'accept' } }, /setting "gzipp" is unknown/],
  [{ settings: { gzip: true } }, /setting "gzip" is true; expected refuse or accept/],
  [{ settings: { latency_ms: -5 } }, /expected a whole number/],
  [{ settings: 5 }, /settings is 5; expected an object/],
]

for (const [patch, error] of SENSELESS) {
  test(`the world stays as it is after ${JSON.stringify(patch)}`, async (t) => {
    const tiktok = await aSimulator(t)
    const before = await tiktok.control('GET', 'world')

    const answer = await tiktok.control('POST', 'world', patch)

    assert.match(answer.error, error)
    assert.deepEqual(await tiktok.control('GET', 'world'), before)
  })
}
