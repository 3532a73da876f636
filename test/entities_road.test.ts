import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ReadNote } from '../src/core/stream.ts'
import { aSimulator, type TestOptions, TOKEN } from '../src/simulator/testing.ts'
import { entityStreams } from '../src/streams/entity_streams.ts'
import { createTikTok } from '../src/tiktok/client.ts'
import { userInfo } from '../src/tiktok/endpoints/user_info.ts'
import { exchangeCode, listAdvertisers, type ReachedAdvertiser, revokeToken } from '../src/tiktok/oauth.ts'
import { createRateBudget } from '../src/tiktok/rate_budget.ts'
import { createReader } from '../src/tiktok/reader.ts'
import { type NamedRow, readStreamOf } from './read_stream.ts'

const APP = { appId: '7000000000000000201', secret: 'simulator-secret' }

/** The local TikTok, and a reader that need not wait for it. */
async function aRoad(t: Parameters<typeof aSimulator>[0], options: TestOptions = {}) {
  const simulator = await aSimulator(t, options)
  const notes: ReadNote[] = []
  const baseUrl = `${simulator.url}/open_api/v1.3`
  const reader = createReader(createTikTok({ accessToken: TOKEN, baseUrl }), {
    budget: createRateBudget({ perSecond: 1000, now: Date.now }),
    onNote: (note) => notes.push(note),
    sleep: async (ms) => {
      await sleep(ms)
    },
    random: () => 0,
    now: Date.now,
    signal: new AbortController().signal,
  })
  return { simulator, reader, notes, baseUrl }
}

const streamNamed = (name: string) => entityStreams.find(({ table }) => table.name === name)!

const idsIn = (rows: readonly NamedRow[], column: string): Set<unknown> => new Set(rows.map((row) => row[column]))

test('every advertiser is found, and the one out of reach says what it lacks', async (t) => {
  const { reader } = await aRoad(t)

  const found = await listAdvertisers(reader, { app: APP, ids: [] })

  assert.deepEqual(
    found.map(({ id, currency, timezone, lacks }) => [id.slice(-1), currency, timezone, lacks === null]).toSorted(),
    [
      ['1', 'USD', 'America/New_York', true],
      ['2', 'EUR', 'Europe/Berlin', true],
      ['3', '', 'UTC', false],
      ['4', 'JPY', 'Asia/Tokyo', true],
    ],
  )
})

test('all entities of the local TikTok come, with parents, and with no field nobody has told us of', async (t) => {
  const { reader, notes } = await aRoad(t)
  const advertisers = (await listAdvertisers(reader, { app: APP, ids: [] })).filter(({ lacks }) => lacks === null)

  for (const advertiser of advertisers) {
    const rows = new Map<string, NamedRow[]>()
    for (const stream of entityStreams) rows.set(stream.table.name, await readStreamOf(stream, reader, advertiser))

    assertWhole(rows, advertiser)
  }
  assert.deepEqual(
    notes.filter(({ kind }) => kind === 'unknown_field' || kind === 'shifted' || kind === 'retried'),
    [],
  )
})

function assertWhole(rows: ReadonlyMap<string, readonly NamedRow[]>, { id }: ReachedAdvertiser): void {
  const of = (table: string): readonly NamedRow[] => rows.get(table)!
  for (const { table } of entityStreams) {
    const keys = of(table.name).map((row) => JSON.stringify(table.key.map((column) => row[column] ?? null)))
    assert.equal(new Set(keys).size, keys.length, `${table.name} repeats a key`)
    for (const row of of(table.name)) assert.equal(row[table.advertiserColumn], id, table.name)
  }
  const campaigns = idsIn(of('campaign_history'), 'campaign_id')
  const adGroups = idsIn(of('adgroup_history'), 'adgroup_id')
  const ads = idsIn(of('ad_history'), 'ad_id')
  const videos = idsIn(of('video'), 'video_id')
  for (const row of of('adgroup_history')) assert.ok(campaigns.has(row['campaign_id']))
  for (const row of of('ad_history')) {
    assert.ok(campaigns.has(row['campaign_id']) && adGroups.has(row['adgroup_id']))
    if (row['smart_plus_ad_id'] !== undefined) assert.ok(ads.has(row['smart_plus_ad_id']))
    if (row['video_id'] !== undefined) assert.ok(videos.has(row['video_id']))
    assert.match(String(row['ad_id']), /^\d{19}$/)
  }
}

test('deleted ones, reservations, boosted posts and Smart+ are among them', async (t) => {
  const { reader } = await aRoad(t)
  const advertisers = (await listAdvertisers(reader, { app: APP, ids: [] })).filter(({ lacks }) => lacks === null)
  const campaigns: NamedRow[] = []
  const ads: NamedRow[] = []
  for (const advertiser of advertisers) {
    campaigns.push(...(await readStreamOf(streamNamed('campaign_history'), reader, advertiser)))
    ads.push(...(await readStreamOf(streamNamed('ad_history'), reader, advertiser)))
  }

  assert.ok(campaigns.some(({ status }) => status === 'CAMPAIGN_STATUS_DELETE'))
  assert.ok(ads.some(({ secondary_status }) => secondary_status === 'AD_STATUS_DELETE'))
  const automation = idsIn(campaigns, 'campaign_automation_type')
  assert.ok(automation.has('MANUAL') && automation.has('UPGRADED_SMART_PLUS'), [...automation].join())
  const raws = campaigns.map(({ _raw }) => JSON.parse(String(_raw)))
  assert.ok(raws.some(({ campaign_system_origin }) => campaign_system_origin === 'PROMOTE'))
  assert.ok(raws.some(({ objective_type }) => objective_type === 'TOPVIEW_REACH'))
  assert.ok(ads.some(({ ad_id, smart_plus_ad_id }) => ad_id === smart_plus_ad_id))
  assert.ok(ads.some(({ ad_id, smart_plus_ad_id }) => smart_plus_ad_id !== undefined && ad_id !== smart_plus_ad_id))
})

test('an advertiser out of reach is told apart from a dead token', async (t) => {
  const { reader, baseUrl } = await aRoad(t)
  const found = await listAdvertisers(reader, { app: APP, ids: [] })
  const denied = found.find(({ lacks }) => lacks !== null)!
  const dead = createTikTok({ accessToken: 'nobody', baseUrl })

  await assert.rejects(readStreamOf(streamNamed('campaign_history'), reader, denied), { code: 'tiktok.no_permission' })
  await assert.rejects(dead.call(userInfo, {}), { code: 'tiktok.token_invalid' })
})

test('a token that was signed in for reads, and once revoked it does not', async (t) => {
  const { baseUrl, simulator } = await aRoad(t)
  const open = createTikTok({ accessToken: '', baseUrl })

  const wrong = { ...APP, secret: 'wrong' }
  await assert.rejects(exchangeCode(open, wrong, 'code'), { code: 'tiktok.token_invalid' })
  await assert.rejects(exchangeCode(open, APP, 'never-given'), { code: 'tiktok.token_invalid' })

  const mine = createTikTok({ accessToken: TOKEN, baseUrl: `${simulator.url}/open_api/v1.3` })
  assert.equal((await mine.call(userInfo, {})).data.display_name, 'Simulator user')
  await revokeToken(open, APP, TOKEN)
  await assert.rejects(mine.call(userInfo, {}), { code: 'tiktok.token_invalid' })
})
