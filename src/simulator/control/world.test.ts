import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aSimulator, DENIED, LADEN, type Parsed, SHOP, type TestSimulator } from '../testing.ts'

const list = async (tiktok: TestSimulator, path: string, args: object = {}): Promise<Parsed> => {
  const { data } = await tiktok.read(path, { advertiser_id: SHOP, page_size: 100, ...args })
  return data.list
}

test('the summary says what each account has by now', async (t) => {
  const tiktok = await aSimulator(t)

  const { summary } = await tiktok.control('GET', 'world')

  assert.deepEqual(
    summary.map(({ advertiser_id, permission }: Parsed) => [advertiser_id, permission]),
    [
      [SHOP, 'granted'],
      [LADEN, 'granted'],
      [DENIED, 'denied'],
      ['7000000000000000004', 'granted'],
    ],
  )
  const [shop, laden] = summary
  assert.ok(shop.campaigns >= 12 && shop.campaigns <= 16, `${shop.campaigns}`)
  assert.ok(laden.campaigns >= 5 && laden.campaigns <= 8, `${laden.campaigns}`)
  assert.ok(shop.ads + laden.ads >= 150 && shop.ads + laden.ads <= 260, `${shop.ads + laden.ads}`)
})

test('the world grows with the clock', async (t) => {
  const tiktok = await aSimulator(t)
  const before = (await tiktok.control('GET', 'world')).summary[0]

  await tiktok.control('POST', 'clock', { advance_ms: 180 * 86_400_000 })

  const after = (await tiktok.control('GET', 'world')).summary[0]
  assert.ok(after.campaigns > before.campaigns && after.ads > before.ads)
})

test('a campaign that is created is the newest, with what is in it', async (t) => {
  const tiktok = await aSimulator(t)

  const { created } = await tiktok.control('POST', 'world', {
    do: { do: 'create_campaign', advertiser_id: SHOP, name: 'Brand new', adgroups: 2, ads: 3 },
  })
  await tiktok.control('POST', 'clock', { advance_ms: 86_400_000 })

  const [{ campaign_id, adgroup_ids, ad_ids }] = created
  const filtering = { campaign_ids: [campaign_id], primary_status: 'STATUS_ALL' }
  assert.equal((await list(tiktok, '/campaign/get/'))[0].campaign_name, 'Brand new')
  assert.equal((await list(tiktok, '/adgroup/get/', { filtering })).length, adgroup_ids.length)
  assert.deepEqual([adgroup_ids.length, ad_ids.length], [2, 6])
})

test('a name that is changed shows at every level, and moves modify_time', async (t) => {
  const tiktok = await aSimulator(t)
  const [campaign] = await list(tiktok, '/campaign/get/')

  await tiktok.control('POST', 'world', { do: { do: 'rename', id: campaign.campaign_id, name: '新しい名前' } })

  const filtering = { campaign_ids: [campaign.campaign_id] }
  const [renamed] = await list(tiktok, '/campaign/get/', { filtering })
  assert.deepEqual([renamed.campaign_name, renamed.modify_time], ['新しい名前', '2026-11-21 12:00:00'])
  for (const path of ['/adgroup/get/', '/ad/get/'])
    assert.equal((await list(tiktok, path, { filtering }))[0].campaign_name, '新しい名前')
})

test('what is deleted is gone by default and there with STATUS_ALL, with all below it', async (t) => {
  const tiktok = await aSimulator(t)
  const filtering = { primary_status: 'STATUS_DELIVERY_OK' }
  const [ad] = await list(tiktok, '/ad/get/', { filtering })

  await tiktok.control('POST', 'world', { do: [{ do: 'delete', id: ad.adgroup_id }] })

  const find = (primary_status: string) =>
    list(tiktok, '/ad/get/', { filtering: { ad_ids: [ad.ad_id], primary_status } })
  assert.deepEqual(await find('STATUS_NOT_DELETE'), [])
  assert.equal((await find('STATUS_ALL'))[0].secondary_status, 'AD_STATUS_ADGROUP_DELETE')
})

test('an ad is stopped, started and given another budget by hand', async (t) => {
  const tiktok = await aSimulator(t)
  const [ad] = await list(tiktok, '/ad/get/', { filtering: { primary_status: 'STATUS_DELIVERY_OK' } })
  const { adgroup_id, ad_id } = ad
  const statusOf = async () => (await list(tiktok, '/ad/get/', { filtering: { ad_ids: [ad_id] } }))[0].operation_status
  const act = (...deeds: object[]) => tiktok.control('POST', 'world', { do: deeds })

  await act({ do: 'disable', id: ad_id }, { do: 'set_budget', id: adgroup_id, budget: 77 })
  const stopped = await statusOf()
  await act({ do: 'enable', id: ad_id })

  const [adgroup] = await list(tiktok, '/adgroup/get/', { filtering: { adgroup_ids: [adgroup_id] } })
  assert.deepEqual([stopped, await statusOf()], ['DISABLE', 'ENABLE'])
  assert.ok(adgroup.budget === 77 || adgroup.budget_mode === 'BUDGET_MODE_INFINITE')
})

test('permission is taken and given back', async (t) => {
  const tiktok = await aSimulator(t)
  const codeOf = async () => (await tiktok.read('/campaign/get/', { advertiser_id: LADEN })).code
  const permit = (permission: string) => tiktok.control('POST', 'world', { advertisers: { [LADEN]: { permission } } })

  await permit('denied')
  const denied = await codeOf()
  await permit('granted')

  assert.deepEqual([denied, await codeOf()], [40001, 0])
})

test('another account is added with a patch, and read with the same token', async (t) => {
  const tiktok = await aSimulator(t)
  const id = '7000000000000000009'

  await tiktok.control('POST', 'world', {
    advertisers: { [id]: { currency: 'SEK', ads: 5, adgroups: 5, campaigns: 5 } },
  })

  const { data } = await tiktok.read('/advertiser/info/', { advertiser_ids: [id] })
  assert.equal(data.list[0].currency, 'SEK')
  const filtering = { primary_status: 'STATUS_ALL', campaign_system_origins: ['TT_ADS_PLATFORM', 'PROMOTE'] }
  assert.equal((await list(tiktok, '/ad/get/', { advertiser_id: id, filtering })).length, 5)
})

test('a world of another size is made at once, and the old one comes back', async (t) => {
  const tiktok = await aSimulator(t)
  const before = (await tiktok.control('GET', 'world')).summary

  const { summary } = await tiktok.control('POST', 'world', {
    advertising: { advertisers: 6, campaigns: 60, adgroups: 120, ads: 600, days: 10 },
  })
  await tiktok.control('POST', 'reset?world=1')

  const sum = (kind: string) =>
    summary
      .filter(({ permission }: Parsed) => permission === 'granted')
      .reduce((total: number, advertiser: Parsed) => total + advertiser[kind], 0)
  assert.deepEqual(['campaigns', 'adgroups', 'ads'].map(sum), [60, 120, 600])
  assert.equal(summary.length, 7)
  assert.deepEqual((await tiktok.control('GET', 'world')).summary, before)
})

test('while a list is read another campaign appears, and pages move', async (t) => {
  const tiktok = await aSimulator(t)
  await tiktok.control('POST', 'faults', { fault: 'shift', times: 1, match: { path: '/campaign/get/', page: 2 } })
  const page = async (number: number) =>
    (await tiktok.read('/campaign/get/', { advertiser_id: SHOP, page: number, page_size: 3 })).data

  const [first, second] = [await page(1), await page(2)]

  assert.equal(second.page_info.total_number, first.page_info.total_number + 1)
  assert.equal(second.list[0].campaign_id, first.list[2].campaign_id)
})

for (const path of ['/adgroup/get/', '/ad/get/', '/smart_plus/ad/get/', '/smart_plus/campaign/get/']) {
  test(`${path} moves too when something appears`, async (t) => {
    const tiktok = await aSimulator(t)
    const total = async () => (await tiktok.read(path, { advertiser_id: SHOP })).data.page_info.total_number
    const before = await total()

    await tiktok.control('POST', 'faults', { fault: 'shift', times: 1, match: { path, advertiser_id: SHOP } })
    await total()
    await tiktok.control('POST', 'clock', { advance_ms: 86_400_000 })

    assert.ok((await total()) > before)
  })
}

test('faults hit one account and leave the others alone', async (t) => {
  const tiktok = await aSimulator(t)
  await tiktok.control('POST', 'faults', { fault: 'no_permission', match: { advertiser_id: LADEN } })

  const ask = (advertiser_id: string) => tiktok.read('/campaign/get/', { advertiser_id })

  const { code, message } = await ask(LADEN)
  assert.deepEqual([code, message], [40001, `No permission to operate advertiser ${LADEN}.`])
  assert.equal((await ask(SHOP)).code, 0)
})

test("reading is held to the app's pace when the world has it so, whatever the token", async (t) => {
  const tiktok = await aSimulator(t, { settings: { app_requests_per_second: 2 }, world: { tokens: { other: {} } } })
  const ask = async (token: string) => (await tiktok.read('/user/info/', {}, token)).message

  assert.deepEqual(
    [await ask('simulator-token'), await ask('other'), await ask('simulator-token')],
    ['OK', 'OK', 'App reaches the QPS limit 2'],
  )
})

const SENSELESS: readonly (readonly [patch: object, error: RegExp])[] = [
  [{ do: 'delete' }, /do.0 is "delete"; expected an object/],
  [{ do: [{ do: 'explode' }] }, /do.0.do is "explode"; expected create_campaign, rename/],
  [{ do: [{ do: 'rename', id: '1' }] }, /do.0.name/],
  [{ do: [{ do: 'delete', id: '1' }] }, /there is no campaign, ad group or ad "1"/],
  [{ do: [{ do: 'delete', id: '1', name: 'x' }] }, /do.0 "name" is unknown/],
  [{ do: [{ do: 'create_campaign', advertiser_id: '8' }] }, /there is no advertiser "8"/],
  [{ advertising: { ads: -1 } }, /advertising.ads is -1; expected a whole number/],
  [{ advertising: { until: 'soon' } }, /advertising.until is "soon"; expected a day/],
  [{ advertising: { size: 5 } }, /advertising "size" is unknown/],
  [{ advertisers: { A: { currency: 'euro' } } }, /advertisers.A.currency is "euro"/],
  [{ advertisers: { A: { display_timezone: 'Mars/Base' } } }, /display_timezone is "Mars\/Base"; expected a time zone/],
  [{ advertisers: { A: { permission: 'maybe' } } }, /permission is "maybe"; expected granted, denied/],
]

for (const [patch, error] of SENSELESS) {
  test(`the world stays as it is after ${JSON.stringify(patch)}`, async (t) => {
    const tiktok = await aSimulator(t)
    const before = await tiktok.control('GET', 'world')

    assert.match((await tiktok.control('POST', 'world', patch)).error, error)
    assert.deepEqual(await tiktok.control('GET', 'world'), before)
  })
}
