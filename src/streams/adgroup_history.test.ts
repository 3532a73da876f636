import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type FakeCall, fakePage, fakeTikTok } from '../../test/fake_tiktok.ts'
import { ADVERTISER, readStream } from '../../test/read_stream.ts'
import { adgroupHistory } from './adgroup_history.ts'

const AD_GROUP = {
  advertiser_id: ADVERTISER.id,
  campaign_id: '7100000000000000001',
  adgroup_id: '7200000000000000001',
  adgroup_name: 'Women 25+',
  create_time: '2026-01-01 10:00:00',
  modify_time: '2026-02-01 10:00:00',
  budget: 0,
  budget_mode: 'BUDGET_MODE_INFINITE',
  bid_price: 0.35,
  gender: 'GENDER_FEMALE',
  age_groups: ['AGE_25_34', 'AGE_35_44'],
  languages: [],
  location_ids: ['6252001'],
  interest_category_ids: ['24100'],
  actions: [
    {
      action_category_ids: ['1', '2'],
      action_period: 7,
      action_scene: 'VIDEO_RELATED',
      video_user_actions: ['WATCHED_TO_END'],
    },
    { action_category_ids: ['2', '3'], action_period: 15, action_scene: 'CREATOR_RELATED' },
  ],
  audience_ids: ['123'],
  video_download_disabled: true,
  comment_disabled: false,
  click_attribution_window: 'SEVEN_DAYS',
  view_attribution_window: 'ONE_DAY',
  attribution_event_count: 'EVERY',
  pixel_id: '7300000000000000001',
  schedule_start_time: '2026-01-02 00:00:00',
}

const isFirstPass = ({ params }: FakeCall) =>
  'buying_types' in (params['filtering'] as object) && !isTopView({ params })

const isTopView = ({ params }: Pick<FakeCall, 'params'>) =>
  String((params['filtering'] as { buying_types?: string[] }).buying_types) === 'RESERVATION_TOP_VIEW'

function fakeAdGroups(regular: unknown[], smartPlus: unknown[] = []) {
  return fakeTikTok({
    '/adgroup/get/': (call) => fakePage(call, isFirstPass(call) ? regular : [], isTopView(call) ? 100 : 1000),
    '/smart_plus/adgroup/get/': (call) => fakePage(call, smartPlus, 1000),
  })
}

test('an ad group is a row with its targeting under the names that others look for', async () => {
  const [row] = await readStream(adgroupHistory, fakeAdGroups([AD_GROUP]).reader)

  const { _raw, ...cells } = row!
  assert.deepEqual(cells, {
    adgroup_id: '7200000000000000001',
    updated_at: '2026-02-01 10:00:00',
    advertiser_id: ADVERTISER.id,
    campaign_id: '7100000000000000001',
    create_time: '2026-01-01 10:00:00',
    adgroup_name: 'Women 25+',
    budget: '0',
    budget_mode: 'BUDGET_MODE_INFINITE',
    schedule_start_time: '2026-01-02 00:00:00',
    bid_price: '0.35',
    click_attribution_window: 'SEVEN_DAYS',
    view_attribution_window: 'ONE_DAY',
    attribution_event_count: 'EVERY',
    gender: 'GENDER_FEMALE',
    age_groups: '["AGE_25_34","AGE_35_44"]',
    languages: '[]',
    location: '["6252001"]',
    audience: '["123"]',
    interest_category_v_2: '["24100"]',
    action_categories: '["1","2","3"]',
    action_days: 15,
    video_actions: '["WATCHED_TO_END"]',
    pixel_id: '7300000000000000001',
    is_comment_disable: false,
    video_download: 'PREVENT_DOWNLOAD',
  })
  assert.deepEqual(JSON.parse(String(_raw)), AD_GROUP)
})

test('an ad group that only Smart+ lists has its targeting too', async () => {
  const smart = {
    adgroup_id: '9',
    campaign_id: '8',
    create_time: '2026-01-01 10:00:00',
    deep_cpabid: 3,
    targeting_spec: { gender: 'GENDER_MALE', age_groups: ['AGE_18_24'], spc_audience_age: '18+' },
  }
  const fake = fakeAdGroups([], [smart])

  const [row] = await readStream(adgroupHistory, fake.reader)

  assert.deepEqual(
    [row?.['gender'], row?.['age_groups'], row?.['deep_cpa_bid'], row?.['updated_at'], row?.['advertiser_id']],
    ['GENDER_MALE', '["AGE_18_24"]', '3', '2026-01-01 10:00:00', ADVERTISER.id],
  )
  assert.deepEqual(
    fake.notes.filter(({ kind }) => kind === 'unknown_field'),
    [],
  )
})
