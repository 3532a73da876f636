import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startSimulator } from '../src/simulator/server.ts'
import { type SdkCall, sdkAgainst } from './tiktok_sdk.ts'

/** TikTok's own JavaScript SDK, as it is on npm, reads the local TikTok. */

const TOKEN = 'simulator-token'
const SHOP = '7000000000000000001'
const EVERYTHING = { primary_status: 'STATUS_ALL', campaign_system_origins: ['TT_ADS_PLATFORM', 'PROMOTE'] }

async function pages(call: (page: number) => SdkCall): Promise<Record<string, unknown>[]> {
  const rows: Record<string, unknown>[] = []
  for (let page = 1; ; page++) {
    const { data } = await call(page)
    rows.push(...data.list)
    if (page >= data.page_info.total_page) return rows
  }
}

test("TikTok's own SDK lists advertisers, campaigns, ad groups and ads", async (t) => {
  const simulator = await startSimulator({ port: 0 })
  t.after(simulator.close)
  const { api, ask } = await sdkAgainst(simulator.url)
  const opts = (page: number) => ({ page, page_size: 50, filtering: EVERYTHING })

  const advertisers = (
    await ask((done) =>
      api.AuthenticationApi.oauth2AdvertiserGet('7000000000000000201', 'simulator-secret', TOKEN, done),
    )
  ).data.list
  const campaigns = await pages((page) =>
    ask((done) => api.CampaignCreationApi.campaignGet(SHOP, TOKEN, opts(page), done)),
  )
  const adgroups = await pages((page) => ask((done) => api.AdgroupApi.adgroupGet(SHOP, TOKEN, opts(page), done)))
  const ads = await pages((page) => ask((done) => api.AdApi.adGet(SHOP, TOKEN, opts(page), done)))

  const ids = (rows: readonly Record<string, unknown>[], key: string) => new Set(rows.map((row) => row[key]))
  assert.equal(advertisers[0].advertiser_id, SHOP)
  assert.ok(campaigns.length > 10 && ads.length > 50)
  assert.ok(ids(adgroups, 'campaign_id').isSubsetOf(ids(campaigns, 'campaign_id')))
  assert.deepEqual(ids(ads, 'adgroup_id'), ids(adgroups, 'adgroup_id'))
  assert.equal(ids(ads, 'ad_id').size, ads.length)
})

test("TikTok's own SDK reads accounts, Smart+ ads, videos, identities, audiences and pixels", async (t) => {
  const simulator = await startSimulator({ port: 0 })
  t.after(simulator.close)
  const { api, ask } = await sdkAgainst(simulator.url)

  const info = await ask((done) =>
    api.AccountManagementApi.advertiserInfo([SHOP], TOKEN, { fields: ['currency', 'display_timezone'] }, done),
  )
  const smart = await ask((done) => api.AdApi.smartPlusAdGet(SHOP, TOKEN, { page_size: 100 }, done))
  const videos = await ask((done) =>
    api.FileApi.adVideoSearch(SHOP, TOKEN, { page_size: 50, filtering: { displayable: true } }, done),
  )
  const { video_id } = videos.data.list[0]
  const video = await ask((done) => api.FileApi.adVideoInfo(SHOP, [video_id], TOKEN, done))
  const identities = await ask((done) => api.IdentityApi.identityGet(SHOP, TOKEN, {}, done))
  const audiences = await ask((done) => api.AudienceApi.dmpCustomAudienceList(SHOP, TOKEN, {}, done))
  const pixels = await ask((done) => api.MeasurementApi.pixelList(SHOP, TOKEN, {}, done))

  assert.deepEqual(info.data.list, [{ currency: 'USD', display_timezone: 'America/New_York' }])
  assert.ok(smart.data.list.every((ad: { creative_list: unknown[] }) => ad.creative_list.length > 0))
  assert.equal(video.data.list[0].video_id, video_id)
  assert.equal(identities.data.identity_list.length, 3)
  assert.ok(audiences.data.list.length >= 3)
  assert.equal(pixels.data.pixels[0].pixel_code, 'CSIMULATOR0000000001')
})

test("TikTok's own SDK exchanges the code of the consent page and hears what is refused", async (t) => {
  const simulator = await startSimulator({ port: 0 })
  t.after(simulator.close)
  const { api, ask } = await sdkAgainst(simulator.url)
  const consent = await fetch(`${simulator.url}/portal/auth`, {
    method: 'POST',
    body: new URLSearchParams({
      app_id: '7000000000000000201',
      redirect_uri: 'http://127.0.0.1:9/',
      advertiser_id: SHOP,
      decision: 'allow',
    }),
    redirect: 'manual',
  })
  const auth_code = new URL(consent.headers.get('location')!).searchParams.get('auth_code')
  const body = { app_id: '7000000000000000201', secret: 'simulator-secret', auth_code }

  const { data } = await ask((done) => api.AuthenticationApi.oauth2AccessToken({ body }, done))
  const refused = ask((done) => api.CampaignCreationApi.campaignGet('7000000000000000002', data.access_token, {}, done))

  assert.deepEqual(data.advertiser_ids, [SHOP])
  await assert.rejects(refused, /No permission to operate advertiser 7000000000000000002\..* code: 40001/)
})
