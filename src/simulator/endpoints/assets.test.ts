import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aSimulator, DENIED, LADEN, type Parsed, SHOP, SHOTEN } from '../testing.ts'
import { HOUR_MS } from '../world/calendar.ts'

test('accounts tell their currency and both names of their zone', async (t) => {
  const tiktok = await aSimulator(t)

  const { data } = await tiktok.read('/advertiser/info/', {
    advertiser_ids: [SHOP, LADEN, SHOTEN],
    fields: ['advertiser_id', 'currency', 'timezone', 'display_timezone', 'status'],
  })

  assert.deepEqual(data.list, [
    {
      advertiser_id: SHOP,
      currency: 'USD',
      timezone: 'Etc/GMT+5',
      display_timezone: 'America/New_York',
      status: 'STATUS_ENABLE',
    },
    {
      advertiser_id: LADEN,
      currency: 'EUR',
      timezone: 'Etc/GMT-1',
      display_timezone: 'Europe/Berlin',
      status: 'STATUS_ENABLE',
    },
    {
      advertiser_id: SHOTEN,
      currency: 'JPY',
      timezone: 'Etc/GMT-9',
      display_timezone: 'Asia/Tokyo',
      status: 'STATUS_ENABLE',
    },
  ])
})

const BAD_IDS: readonly (readonly [ids: unknown, code: number])[] = [
  [undefined, 40002],
  ['x', 40002],
  [[], 40002],
  [Array.from({ length: 101 }, (_, nth) => `${nth}`), 40002],
  [[SHOP, '8'], 40300],
  [[SHOP, DENIED], 40001],
]

for (const [ids, code] of BAD_IDS) {
  test(`accounts ${JSON.stringify(ids)?.slice(0, 50)} are refused with ${code}`, async (t) => {
    const tiktok = await aSimulator(t)

    const answer = await tiktok.read('/advertiser/info/', ids === undefined ? {} : { advertiser_ids: ids })

    assert.equal(answer.code, code)
  })
}

const FILES = [
  { kind: 'video', id: 'video_id', ids: 'video_ids', most: 60 },
  { kind: 'image', id: 'image_id', ids: 'image_ids', most: 100 },
] as const

for (const { kind, id, ids, most } of FILES) {
  test(`${kind}s are found newest first, and again by their ids, with links that expire`, async (t) => {
    const tiktok = await aSimulator(t)
    const ask = async (name: string, args: object) =>
      (await tiktok.read(`/file/${kind}/ad/${name}/`, { advertiser_id: SHOP, ...args })).data

    const { list, page_info } = await ask('search', { page_size: 100 })
    const same = await ask('info', { [ids]: list.map((file: Parsed) => file[id]) })
    await tiktok.control('POST', 'clock', { advance_ms: HOUR_MS })
    const later = await ask('info', { [ids]: [list[0][id]] })

    const times = list.map(({ create_time }: Parsed) => create_time)
    assert.ok(list.length > 5 && page_info.total_number === list.length)
    assert.deepEqual(times, times.toSorted().toReversed())
    assert.deepEqual(new Set(same.list.map((file: Parsed) => file[id])), new Set(list.map((file: Parsed) => file[id])))
    const link = kind === 'video' ? 'preview_url' : 'image_url'
    assert.notEqual(later.list[0][link], list[0][link])
  })

  test(`${kind}s: 100 a page, ${most} by id, and only what is an argument`, async (t) => {
    const tiktok = await aSimulator(t)
    const codeOf = async (name: string, args: object) =>
      (await tiktok.read(`/file/${kind}/ad/${name}/`, { advertiser_id: SHOP, ...args })).code

    assert.equal(await codeOf('search', { page_size: 101 }), 40002)
    assert.equal(await codeOf('info', {}), 40002)
    assert.equal(await codeOf('info', { [ids]: Array(most).fill('a') }), 0)
    assert.equal(await codeOf('info', { [ids]: Array(most + 1).fill('a') }), 40002)
    assert.equal((await tiktok.read(`/file/${kind}/ad/search/`, { advertiser_id: DENIED })).code, 40001)
  })
}

test('videos are found by name, id and material', async (t) => {
  const tiktok = await aSimulator(t)
  const search = async (filtering: object) =>
    (await tiktok.read('/file/video/ad/search/', { advertiser_id: SHOP, page_size: 100, filtering })).data.list
  const [first] = await search({})

  assert.deepEqual(await search({ video_ids: [first.video_id] }), [first])
  assert.deepEqual(await search({ material_ids: [first.material_id] }), [first])
  assert.ok(
    (await search({ video_name: first.file_name.toUpperCase() })).some(
      ({ video_id }: Parsed) => video_id === first.video_id,
    ),
  )
  assert.deepEqual(await search({ displayable: false }), [])
})

test('what ads show is among the files of their account, and older than they are', async (t) => {
  const tiktok = await aSimulator(t)
  const { data } = await tiktok.read('/file/video/ad/search/', { advertiser_id: SHOP, page_size: 100 })
  const bornAt = new Map(data.list.map(({ video_id, create_time }: Parsed) => [video_id, create_time.slice(0, 10)]))
  const ads = (await tiktok.read('/ad/get/', { advertiser_id: SHOP, page_size: 1000 })).data.list

  const withVideo = ads.filter(({ video_id }: Parsed) => video_id !== null)

  assert.ok(withVideo.length > 10)
  assert.ok(withVideo.every(({ video_id, create_time }: Parsed) => bornAt.get(video_id)! <= create_time.slice(0, 10)))
})

test('audiences are listed newest first, and detailed by their ids', async (t) => {
  const tiktok = await aSimulator(t)
  const ask = (name: string, args: object = {}) =>
    tiktok.read(`/dmp/custom_audience/${name}/`, { advertiser_id: SHOP, ...args })

  const { data } = await ask('list')
  const custom_audience_ids = [data.list[0].audience_id]
  const details = (await ask('get', { custom_audience_ids })).data.list

  assert.ok(data.list.length > 2)
  assert.deepEqual((await ask('list', { custom_audience_ids })).data.list, [data.list[0]])
  assert.equal(details[0].audience_details.name, data.list[0].name)
  assert.equal((await ask('get')).code, 40002)
  assert.equal((await ask('list', { page_size: 101 })).code, 40002)
  assert.equal((await ask('get', { custom_audience_ids, history_size: 101 })).code, 40002)
})

test('identities are listed whole or by their type', async (t) => {
  const tiktok = await aSimulator(t)
  const ask = (args: object = {}) => tiktok.read('/identity/get/', { advertiser_id: SHOP, ...args })

  const { identity_list } = (await ask()).data
  const [one] = identity_list

  assert.equal(identity_list.length, 3)
  assert.deepEqual((await ask({ identity_type: one.identity_type })).data.identity_list, [one])
  assert.equal((await ask({ identity_type: 'NOBODY' })).code, 40002)
})

test('a token tells who gave it, and zones stay at winter time', async (t) => {
  const tiktok = await aSimulator(t)

  const user = await tiktok.read('/user/info/')
  const { timezones } = (await tiktok.read('/tool/timezone/', { advertiser_id: SHOP })).data

  assert.equal(user.data.display_name, 'Simulator user')
  assert.deepEqual(
    timezones.find(({ timezone }: Parsed) => timezone === 'America/New_York'),
    { timezone: 'America/New_York', gmt_offset: 'GMT-05:00' },
  )
  assert.equal((await tiktok.read('/user/info/', {}, 'wrong')).code, 40105)
})

test('pixels are found by id, name and code, in either order', async (t) => {
  const tiktok = await aSimulator(t, { world: { pixels: { CSECOND0000000000001: { name: 'Second' } } } })
  const ask = async (args: object) =>
    (await tiktok.read('/pixel/list/', { advertiser_id: SHOP, ...args })).data.pixels.map(
      ({ pixel_code }: Parsed) => pixel_code,
    )
  const [{ pixel_id }] = (await tiktok.read('/pixel/list/', { advertiser_id: SHOP })).data.pixels

  const [first, second] = await ask({})

  assert.deepEqual(await ask({ order_by: 'LATEST_CREATE' }), [second, first])
  assert.deepEqual(await ask({ pixel_id }), [first])
  assert.deepEqual(await ask({ name: 'seco' }), [second])
  assert.equal((await tiktok.read('/pixel/list/', { advertiser_id: SHOP, order_by: 'NONE' })).code, 40002)
})
