import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type FakeCall, fakePage, fakeTikTok } from '../../test/fake_tiktok.ts'
import { ADVERTISER, readStream } from '../../test/read_stream.ts'
import { adHistory } from './ad_history.ts'

const PARENTS = { advertiser_id: ADVERTISER.id, campaign_id: '71', adgroup_id: '72' }
const TIMES = { create_time: '2026-01-01 10:00:00', modify_time: '2026-02-01 10:00:00' }

const SMART_PLUS_AD = {
  ...PARENTS,
  smart_plus_ad_id: '75',
  ad_name: 'All of it',
  create_time: '2026-01-01 10:00:00',
  operation_status: 'ENABLE',
  ad_text_list: [{ ad_text: 'Buy' }, { ad_text: 'Now' }],
  call_to_action_list: [{ call_to_action: 'SHOP_NOW' }],
  landing_page_url_list: [{ landing_page_url: 'https://shop.com/?utm_source=tiktok' }],
  ad_configuration: { identity_type: 'TT_USER', tracking_info: { click_tracking_url: 'https://click' } },
  creative_list: [
    { ad_material_id: '9', creative_info: { ad_format: 'SINGLE_VIDEO', video_info: { video_id: 'v1' } } },
  ],
}

function fakeAds(regular: unknown[], smartPlus: unknown[] = []) {
  const isFirstPass = ({ params }: FakeCall) =>
    String((params['filtering'] as { buying_types?: string[] }).buying_types) === 'AUCTION,RESERVATION_RF'
  return fakeTikTok({
    '/ad/get/': (call) => fakePage(call, isFirstPass(call) ? regular : [], 1000),
    '/smart_plus/ad/get/': (call) => fakePage(call, smartPlus, 100),
  })
}

test('an ad is a row, and the signature of its picture is left out', async () => {
  const ad = {
    ...PARENTS,
    ...TIMES,
    ad_id: '73',
    ad_name: 'Shoes',
    ad_text: 'Buy',
    landing_page_url: 'https://shop.com/?utm_source=tiktok',
    profile_image_url: 'https://cdn/p.jpg?x-expires=1',
    image_ids: ['ad-site-i18n/1'],
    is_aco: false,
    video_id: 'v1',
    tiktok_item_id: '',
  }

  const [row] = await readStream(adHistory, fakeAds([ad]).reader)

  const { _raw, ...cells } = row!
  assert.deepEqual(cells, {
    ad_id: '73',
    updated_at: '2026-02-01 10:00:00',
    ...PARENTS,
    create_time: '2026-01-01 10:00:00',
    ad_name: 'Shoes',
    ad_text: 'Buy',
    landing_page_url: 'https://shop.com/?utm_source=tiktok',
    profile_image_url: 'https://cdn/p.jpg',
    image_ids: '["ad-site-i18n/1"]',
    is_aco: false,
    video_id: 'v1',
  })
  assert.doesNotMatch(String(_raw), /x-expires/)
})

test('an ad of upgraded Smart+ has a row beside its creatives, even without a time of change', async () => {
  const creative = { ...PARENTS, ...TIMES, ad_id: '74', smart_plus_ad_id: '75' }

  const rows = await readStream(adHistory, fakeAds([creative], [SMART_PLUS_AD]).reader)

  const [first, { _raw, ...second } = {}] = rows
  assert.deepEqual([first?.['ad_id'], first?.['smart_plus_ad_id'], rows.length], ['74', '75', 2])
  assert.deepEqual(second, {
    ad_id: '75',
    updated_at: '2026-01-01 10:00:00',
    ...PARENTS,
    create_time: '2026-01-01 10:00:00',
    ad_name: 'All of it',
    operation_status: 'ENABLE',
    ad_text: 'Buy',
    call_to_action: 'SHOP_NOW',
    landing_page_url: 'https://shop.com/?utm_source=tiktok',
    click_tracking_url: 'https://click',
    identity_type: 'TT_USER',
    ad_format: 'SINGLE_VIDEO',
    video_id: 'v1',
    smart_plus_ad_id: '75',
  })
  assert.deepEqual(JSON.parse(String(_raw)).ad_text_list, SMART_PLUS_AD.ad_text_list)
})

test('an ad whose parents are gone stays in the table', async () => {
  const deleted = { ...PARENTS, ...TIMES, ad_id: '76', secondary_status: 'AD_STATUS_DELETE' }

  const [row] = await readStream(adHistory, fakeAds([deleted]).reader)

  assert.equal(row?.['secondary_status'], 'AD_STATUS_DELETE')
})
