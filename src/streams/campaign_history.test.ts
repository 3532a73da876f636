import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type FakeCall, fakePage, fakeTikTok } from '../../test/fake_tiktok.ts'
import { ADVERTISER, readStream } from '../../test/read_stream.ts'
import { campaignHistory } from './campaign_history.ts'

const TIMES = { create_time: '2026-01-01 10:00:00', modify_time: '2026-02-01 10:00:00' }

const aCampaign = (campaign_id: string, more: object = {}) => ({
  campaign_id,
  campaign_name: 'Spring',
  ...TIMES,
  ...more,
})

/** TikTok that answers each list apart, as it does: by status, buying type and origin. */
function fakeCampaigns(lists: {
  regular?: unknown[]
  topView?: unknown[]
  promote?: unknown[]
  smartPlus?: unknown[]
}) {
  return fakeTikTok({
    '/campaign/get/': (call) => fakePage(call, regularList(call, lists), 1000),
    '/smart_plus/campaign/get/': (call) => fakePage(call, lists.smartPlus ?? [], 1000),
  })
}

function regularList({ params }: FakeCall, lists: Parameters<typeof fakeCampaigns>[0]): unknown[] {
  const filtering = params['filtering'] as {
    primary_status?: string
    buying_types?: string[]
    campaign_system_origins?: []
  }
  if (filtering.primary_status !== 'STATUS_ALL') return []
  if (filtering.campaign_system_origins) return lists.promote ?? []
  return (filtering.buying_types?.join() === 'RESERVATION_TOP_VIEW' ? lists.topView : lists.regular) ?? []
}

test('a campaign is a row of the version it has now', async () => {
  const campaign = aCampaign('7100000000000000001', {
    advertiser_id: ADVERTISER.id,
    objective_type: 'WEB_CONVERSIONS',
    campaign_type: 'REGULAR_CAMPAIGN',
    budget: 50.25,
    budget_mode: 'BUDGET_MODE_DAY',
    operation_status: 'DISABLE',
    secondary_status: 'CAMPAIGN_STATUS_DELETE',
    is_new_structure: true,
    rta_id: null,
  })

  const [row] = await readStream(campaignHistory, fakeCampaigns({ regular: [campaign] }).reader)

  const { _raw, ...cells } = row!
  assert.deepEqual(cells, {
    campaign_id: '7100000000000000001',
    updated_at: '2026-02-01 10:00:00',
    advertiser_id: ADVERTISER.id,
    campaign_name: 'Spring',
    objective_type: 'WEB_CONVERSIONS',
    campaign_type: 'REGULAR_CAMPAIGN',
    budget: '50.25',
    budget_mode: 'BUDGET_MODE_DAY',
    operation_status: 'DISABLE',
    secondary_status: 'CAMPAIGN_STATUS_DELETE',
    status: 'CAMPAIGN_STATUS_DELETE',
    is_new_structure: true,
    campaign_automation_type: 'MANUAL',
    create_time: '2026-01-01 10:00:00',
  })
  const { rta_id: _, ...given } = campaign as Record<string, unknown>
  assert.deepEqual(JSON.parse(String(_raw)), given)
})

test('reservations, TopView, boosted posts and Smart+ are all there, each once', async () => {
  const fake = fakeCampaigns({
    regular: [aCampaign('1'), aCampaign('2', { is_smart_performance_campaign: true }), aCampaign('3')],
    topView: [aCampaign('4')],
    promote: [aCampaign('5')],
    smartPlus: [aCampaign('3', { catalog_enabled: true, campaign_name: 'Older name' }), aCampaign('6')],
  })

  const rows = await readStream(campaignHistory, fake.reader)

  assert.deepEqual(
    rows.map(({ campaign_id, campaign_name, campaign_automation_type }) => [
      campaign_id,
      campaign_name,
      campaign_automation_type,
    ]),
    [
      ['1', 'Spring', 'MANUAL'],
      ['2', 'Spring', 'SMART_PLUS'],
      ['3', 'Spring', 'UPGRADED_SMART_PLUS'],
      ['4', 'Spring', 'MANUAL'],
      ['5', 'Spring', 'MANUAL'],
      ['6', 'Spring', 'UPGRADED_SMART_PLUS'],
    ],
  )
  assert.equal(JSON.parse(String(rows[2]?.['_raw'])).catalog_enabled, true)
  assert.equal(fake.calls.length, campaignHistory.callsPerSlice)
})

test('what a sandbox does not offer is not missed', async () => {
  const fake = fakeTikTok({
    '/campaign/get/': (call) => fakePage(call, regularList(call, { regular: [aCampaign('1')] }), 1000),
    '/smart_plus/campaign/get/': () => ({ code: 40_009, message: 'Not supported in sandbox' }),
  })

  assert.equal((await readStream(campaignHistory, fake.reader)).length, 1)
})

test('an advertiser out of reach is told apart, and no half of a list is taken for all', async () => {
  const denied = { code: 40_001, message: 'No permission to operate advertiser 7.' }
  const fake = fakeTikTok({
    '/campaign/get/': (call) => fakePage(call, regularList(call, { regular: [aCampaign('1')] }), 1000),
    '/smart_plus/campaign/get/': () => denied,
  })

  await assert.rejects(readStream(campaignHistory, fake.reader), { code: 'tiktok.no_permission' })
})
