import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aSimulator, DENIED, SHOP } from '../testing.ts'

const LISTS = ['campaign', 'adgroup', 'ad'].flatMap((level) => [`/${level}/get/`, `/smart_plus/${level}/get/`])

/** What is wrong with a call, the wrong that wins first, and what it is answered with. */
const WRONG: readonly (readonly [args: Readonly<Record<string, unknown>>, code: number, message: RegExp])[] = [
  [{}, 40002, /^advertiser_id: Missing data for required field\.$/],
  [{ advertiser_id: 'x' }, 40002, /^Invalid value for advertiser_id: not a valid number\.$/],
  [{ advertiser_id: '8', filtering: 'x' }, 40002, /^Invalid value for filtering: not valid JSON\.$/],
  [{ advertiser_id: '8', filtering: [] }, 40002, /^Invalid value for filtering: not a valid object\.$/],
  [{ advertiser_id: '8', page: 0 }, 40002, /^Invalid value for page: must be at least 1\.$/],
  [{ advertiser_id: '8', page: '1.5' }, 40002, /^Invalid value for page: not a valid integer\.$/],
  [{ advertiser_id: '8', page_size: 1001 }, 40002, /^Invalid value for page_size: must be between 1 and 100/],
  [{ advertiser_id: '8', fields: ['nonsense'] }, 40002, /^Invalid value for fields: nonsense is not supported\.$/],
  [{ advertiser_id: '8', fields: 'x' }, 40002, /^Invalid value for fields: not valid JSON\.$/],
  [{ advertiser_id: '8', filtering: { campaign_ids: [] } }, 40002, /length must be between 1 and 100/],
  [{ advertiser_id: '8', filtering: { campaign_ids: [1] } }, 40002, /campaign_ids: not a valid string/],
  [{ advertiser_id: '8', filtering: { primary_status: 'ALL' } }, 40002, /primary_status: must be one of STATUS_ALL/],
  [{ advertiser_id: '8', filtering: { creation_filter_start_time: '2026-01-01' } }, 40002, /not a valid datetime/],
  [{ advertiser_id: '8', filtering: { nonsense: 1 } }, 40002, /^Invalid value for filter field: nonsense is not/],
  [{ advertiser_id: '8' }, 40300, /^Advertiser 8 doesn't exist or has been deleted\.$/],
  [{ advertiser_id: DENIED }, 40001, /^No permission to operate advertiser 7000000000000000003\.$/],
]

for (const path of LISTS) {
  test(`${path} is refused as TikTok refuses, arguments before the account`, async (t) => {
    const tiktok = await aSimulator(t)

    for (const [args, code, message] of WRONG) {
      const answer = await tiktok.read(path, args)
      assert.equal(answer.code, code, `${JSON.stringify(args)}: ${answer.message}`)
      assert.match(answer.message, message)
      assert.deepEqual(answer.data, {})
    }
  })
}

test('page sizes end where TikTok says: 1000, 100 for top view ad groups and for Smart+ ads', async (t) => {
  const tiktok = await aSimulator(t)
  const codeOf = async (path: string, page_size: number, filtering: object = {}) =>
    (await tiktok.read(path, { advertiser_id: SHOP, page_size, filtering })).code
  const topView = { buying_types: ['RESERVATION_TOP_VIEW'] }

  assert.equal(await codeOf('/adgroup/get/', 1000), 0)
  assert.equal(await codeOf('/adgroup/get/', 100, topView), 0)
  assert.equal(await codeOf('/adgroup/get/', 101, topView), 40002)
  assert.equal(await codeOf('/campaign/get/', 1000, topView), 0)
  assert.equal(await codeOf('/smart_plus/ad/get/', 100), 0)
  assert.equal(await codeOf('/smart_plus/ad/get/', 101), 40002)
})

test('top view stands alone among the buying types', async (t) => {
  const tiktok = await aSimulator(t)

  const { code, message } = await tiktok.read('/campaign/get/', {
    advertiser_id: SHOP,
    filtering: { buying_types: ['AUCTION', 'RESERVATION_TOP_VIEW'] },
  })

  assert.equal(code, 40002)
  assert.match(message, /The value 'RESERVATION_TOP_VIEW' cannot be combined with other enum values for this parameter/)
})

test('a filter nobody knows is ignored when the world has it so', async (t) => {
  const tiktok = await aSimulator(t, { settings: { unknown_filter: 'ignore' } })
  const ask = async (filtering: object) =>
    (await tiktok.read('/campaign/get/', { advertiser_id: SHOP, filtering })).data

  assert.deepEqual(await ask({ nonsense: 1 }), await ask({}))
})
