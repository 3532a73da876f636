import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aSimulator, LADEN, NOW, type Parsed, SHOP, SHOTEN, type TestSimulator } from '../testing.ts'
import { DAY_MS } from '../world/calendar.ts'

const LEVELS = [
  { path: '/campaign/get/', id: 'campaign_id', status: 'CAMPAIGN_STATUS' },
  { path: '/adgroup/get/', id: 'adgroup_id', status: 'ADGROUP_STATUS' },
  { path: '/ad/get/', id: 'ad_id', status: 'AD_STATUS' },
] as const
const SMART_PLUS = [
  { path: '/smart_plus/campaign/get/', id: 'campaign_id' },
  { path: '/smart_plus/adgroup/get/', id: 'adgroup_id' },
  { path: '/smart_plus/ad/get/', id: 'smart_plus_ad_id' },
] as const
const LISTS = [...LEVELS, ...SMART_PLUS]
const EVERYTHING = { primary_status: 'STATUS_ALL', campaign_system_origins: ['TT_ADS_PLATFORM', 'PROMOTE'] }

async function all(
  tiktok: TestSimulator,
  path: string,
  filtering: object = {},
  advertiser_id = SHOP,
): Promise<Parsed[]> {
  const rows: Parsed[] = []
  for (let page = 1; ; page++) {
    const { code, message, data } = await tiktok.read(path, { advertiser_id, filtering, page, page_size: 100 })
    assert.equal(code, 0, message)
    rows.push(...data.list)
    if (page >= data.page_info.total_page) return rows
  }
}

for (const { path, id } of LISTS) {
  test(`${path} lists newest first, page by page, without gap or copy`, async (t) => {
    const tiktok = await aSimulator(t)
    const whole = (await tiktok.read(path, { advertiser_id: SHOP, page_size: 100 })).data
    const total = whole.page_info.total_number

    const pages = await Promise.all(
      Array.from({ length: Math.ceil(total / 3) + 1 }, async (_, page) => {
        const { data } = await tiktok.read(path, { advertiser_id: SHOP, page: page + 1, page_size: 3 })
        assert.deepEqual(data.page_info, {
          page: page + 1,
          page_size: 3,
          total_number: total,
          total_page: Math.ceil(total / 3),
        })
        return data.list
      }),
    )

    const ids = pages.flat().map((row: Parsed) => row[id])
    assert.equal(new Set(ids).size, total)
    assert.deepEqual(ids, ids.toSorted().toReversed())
    assert.deepEqual(pages.at(-1), [])
    assert.deepEqual(
      ids.slice(0, 100),
      whole.list.map((row: Parsed) => row[id]),
    )
  })
}

for (const { path, id, status } of LEVELS) {
  test(`${path} leaves out what is deleted unless it is asked for`, async (t) => {
    const tiktok = await aSimulator(t)

    const [byDefault, kept, deleted, everything, bySecondary] = await Promise.all([
      all(tiktok, path),
      all(tiktok, path, { primary_status: 'STATUS_NOT_DELETE' }),
      all(tiktok, path, { primary_status: 'STATUS_DELETE' }),
      all(tiktok, path, { primary_status: 'STATUS_ALL' }),
      all(tiktok, path, { secondary_status: `${status}_ALL` }),
    ])

    assert.deepEqual(byDefault, kept)
    assert.ok(deleted.length > 0)
    assert.ok(deleted.every(({ secondary_status }) => secondary_status.endsWith('_DELETE')))
    assert.ok(kept.every(({ secondary_status }) => !secondary_status.endsWith('_DELETE')))
    assert.deepEqual(
      [...deleted, ...kept].map((row) => row[id]).toSorted(),
      everything.map((row) => row[id]).toSorted(),
    )
    assert.deepEqual(bySecondary, everything)
  })

  test(`${path} gives top view and boosted posts only when they are asked for`, async (t) => {
    const tiktok = await aSimulator(t)
    const campaignsOf = (rows: Parsed[]) => new Set(rows.map(({ campaign_id }) => campaign_id))
    const anyStatus = { primary_status: 'STATUS_ALL' }

    const [byDefault, topView, promoted] = await Promise.all([
      all(tiktok, path, anyStatus),
      all(tiktok, path, { ...anyStatus, buying_types: ['RESERVATION_TOP_VIEW'] }),
      all(tiktok, path, { ...anyStatus, campaign_system_origins: ['PROMOTE'] }),
    ])

    assert.ok(topView.length > 0 && promoted.length > 0)
    assert.ok(promoted.every(({ campaign_system_origin }) => campaign_system_origin === 'PROMOTE'))
    assert.equal(campaignsOf(byDefault).intersection(campaignsOf([...topView, ...promoted])).size, 0)
  })

  test(`${path} has no other statuses than its own`, async (t) => {
    const tiktok = await aSimulator(t)
    const other = status === 'AD_STATUS' ? 'CAMPAIGN_STATUS_ALL' : 'AD_STATUS_ALL'

    const { code, message } = await tiktok.read(path, { advertiser_id: SHOP, filtering: { secondary_status: other } })

    assert.deepEqual([code, message.split(':')[0]], [40002, 'Invalid value for filtering.secondary_status'])
  })
}

test('children are found by the ids of their parents, and name them', async (t) => {
  const tiktok = await aSimulator(t)
  const campaigns = await all(tiktok, '/campaign/get/', EVERYTHING)
  const campaign_ids = campaigns.slice(0, 2).map(({ campaign_id }) => campaign_id)

  const adgroups = await all(tiktok, '/adgroup/get/', { ...EVERYTHING, campaign_ids })
  const adgroup_ids = adgroups.map(({ adgroup_id }) => adgroup_id)
  const ads = await all(tiktok, '/ad/get/', { ...EVERYTHING, adgroup_ids })
  const again = await all(tiktok, '/ad/get/', { ...EVERYTHING, campaign_ids })
  const one = await all(tiktok, '/ad/get/', { ...EVERYTHING, ad_ids: [ads[0].ad_id] })

  const nameOf = new Map(campaigns.map(({ campaign_id, campaign_name }) => [campaign_id, campaign_name]))
  assert.deepEqual(new Set(adgroups.map(({ campaign_id }) => campaign_id)), new Set(campaign_ids))
  assert.deepEqual(ads, again)
  assert.deepEqual(one, [ads[0]])
  assert.ok(ads.every((ad) => adgroup_ids.includes(ad.adgroup_id) && ad.campaign_name === nameOf.get(ad.campaign_id)))
})

test('names are searched for a part, whatever the case', async (t) => {
  const tiktok = await aSimulator(t)
  const campaigns = await all(tiktok, '/campaign/get/')

  const found = await all(tiktok, '/campaign/get/', { campaign_name: 'LEAD_gen' })

  const expected = campaigns.filter(({ campaign_name }) => /lead_gen/i.test(campaign_name))
  assert.ok(expected.length > 0)
  assert.deepEqual(found, expected)
})

test('the old and the new name of the sales objective find both', async (t) => {
  const tiktok = await aSimulator(t)

  const old = await all(tiktok, '/campaign/get/', { objective_type: 'CONVERSIONS' })
  const young = await all(tiktok, '/campaign/get/', { objective_type: 'WEB_CONVERSIONS' })

  assert.deepEqual(old, young)
  assert.deepEqual(
    new Set(old.map(({ objective_type }) => objective_type)),
    new Set(['CONVERSIONS', 'WEB_CONVERSIONS']),
  )
})

test('ads that changed lately are found by their time, and more of them when the clock has moved', async (t) => {
  const tiktok = await aSimulator(t)
  const modified_after = new Date(NOW - 3 * DAY_MS).toISOString().slice(0, 19).replace('T', ' ')
  const find = () => all(tiktok, '/ad/get/', { ...EVERYTHING, modified_after })

  const lately = await find()
  await tiktok.control('POST', 'clock', { advance_ms: 3 * DAY_MS })
  const later = await find()

  assert.ok(lately.length > 0)
  assert.ok(lately.every(({ modify_time }) => modify_time === null || modify_time >= modified_after))
  assert.ok(later.length > lately.length)
})

test('what was created in a stretch of time is found by it', async (t) => {
  const tiktok = await aSimulator(t)
  const campaigns = await all(tiktok, '/campaign/get/', EVERYTHING)
  const { create_time } = campaigns[3]

  const from = await all(tiktok, '/campaign/get/', { ...EVERYTHING, creation_filter_start_time: create_time })
  const to = await all(tiktok, '/campaign/get/', { ...EVERYTHING, creation_filter_end_time: create_time })

  assert.deepEqual(from, campaigns.slice(0, 4))
  assert.deepEqual(to, campaigns.slice(3))
})

test('a budget is with the campaign or with its ad groups, never with both', async (t) => {
  const tiktok = await aSimulator(t)
  const adgroups = await all(tiktok, '/adgroup/get/', EVERYTHING)

  for (const campaign of await all(tiktok, '/campaign/get/', { ...EVERYTHING, buying_types: ['AUCTION'] })) {
    const own = adgroups.filter(({ campaign_id }) => campaign_id === campaign.campaign_id)
    assert.equal(campaign.budget_mode === 'BUDGET_MODE_INFINITE', !campaign.budget_optimize_on)
    assert.equal(campaign.budget === 0, !campaign.budget_optimize_on)
    assert.ok(own.every(({ budget }) => (budget === 0) === campaign.budget_optimize_on))
  }
})

test('an upgraded Smart+ ad holds the creatives that /ad/get/ lists, some without modify_time', async (t) => {
  const tiktok = await aSimulator(t)
  const [smart, ads] = await Promise.all([
    all(tiktok, '/smart_plus/ad/get/', { primary_status: 'STATUS_ALL' }),
    all(tiktok, '/ad/get/', EVERYTHING),
  ])

  const creatives = ads.filter(({ smart_plus_ad_id }) => smart_plus_ad_id !== null)

  assert.ok(smart.length > 1)
  for (const { smart_plus_ad_id, creative_list } of smart) {
    const own = creatives.filter((ad) => ad.smart_plus_ad_id === smart_plus_ad_id)
    assert.deepEqual(
      own.map(({ ad_id }) => ad_id).toSorted(),
      creative_list.map(({ ad_material_id }: Parsed) => ad_material_id).toSorted(),
    )
  }
  assert.ok(creatives.some(({ modify_time }) => modify_time === null))
  assert.ok(smart.some((ad) => !('modify_time' in ad)) && smart.some((ad) => 'modify_time' in ad))
})

test('fields choose what comes, and fields that are null can be left out', async (t) => {
  const tiktok = await aSimulator(t)
  const ask = async (args: object) =>
    (await tiktok.read('/ad/get/', { advertiser_id: SHOP, page_size: 1, ...args })).data.list[0]

  const whole = await ask({})
  const some = await ask({ fields: ['ad_id', 'ad_name', 'playable_url'] })
  const real = await ask({ exclude_field_types_in_response: ['NULL_FIELD'] })

  assert.deepEqual(some, { ad_id: whole.ad_id, ad_name: whole.ad_name, playable_url: null })
  assert.deepEqual(real, Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== null)))
})

test('amounts in yen have no digits after the point', async (t) => {
  const tiktok = await aSimulator(t)

  const adgroups = await all(tiktok, '/adgroup/get/', EVERYTHING, SHOTEN)

  assert.ok(adgroups.length > 0)
  assert.ok(adgroups.every(({ budget }) => Number.isInteger(budget)))
})

test('euro and dollar accounts share no id', async (t) => {
  const tiktok = await aSimulator(t)
  const ids = async (advertiser: string) =>
    new Set((await all(tiktok, '/ad/get/', EVERYTHING, advertiser)).map(({ ad_id }) => ad_id))

  assert.equal((await ids(SHOP)).intersection(await ids(LADEN)).size, 0)
})

test('a world of 100,000 ads is listed to its end', async (t) => {
  const tiktok = await aSimulator(t, {
    world: { advertising: { advertisers: 1, campaigns: 400, adgroups: 5000, ads: 100_000, days: 30 } },
  })

  const { data } = await tiktok.read('/ad/get/', {
    advertiser_id: SHOP,
    filtering: EVERYTHING,
    page: 90,
    page_size: 1000,
  })

  assert.equal(data.list.length, 1000)
  assert.ok(data.page_info.total_number > 90_000) // top view is listed by itself
})
