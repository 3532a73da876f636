import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aSimulator } from '../testing.ts'

const PATH = '/open_api/v1.3/oauth2/advertiser/get/'
const APP = '7000000000000000201'

test('the advertisers of the token are listed', async (t) => {
  const tiktok = await aSimulator(t)

  const { code, data } = await tiktok.get(`${PATH}?app_id=${APP}&secret=simulator-secret`)

  assert.equal(code, 0)
  assert.deepEqual(data, {
    list: [
      { advertiser_id: '7000000000000000001', advertiser_name: 'Simulator shop' },
      { advertiser_id: '7000000000000000002', advertiser_name: 'Simulator Laden' },
      { advertiser_id: '7000000000000000003', advertiser_name: 'Simulator agency (no permission)' },
      { advertiser_id: '7000000000000000004', advertiser_name: 'シミュレーター商店' },
    ],
  })
})

const REFUSED: readonly (readonly [query: string, code: number])[] = [
  ['', 40002],
  [`?app_id=${APP}`, 40002],
  [`?app_id=${APP}&secret=wrong`, 40101],
  ['?app_id=1&secret=simulator-secret', 40101],
  ['?app_id=__proto__&secret=simulator-secret', 40101],
]

for (const [query, code] of REFUSED) {
  test(`/oauth2/advertiser/get/${query} is refused with ${code}`, async (t) => {
    const tiktok = await aSimulator(t)

    assert.equal((await tiktok.get(PATH + query)).code, code)
  })
}

test('the secret is in no record of the request', async (t) => {
  const lines: string[] = []
  const tiktok = await aSimulator(t, { log: (line) => lines.push(line) })

  await tiktok.get(`${PATH}?app_id=${APP}&secret=simulator-secret`)

  const { requests } = await tiktok.control('GET', 'requests?bodies=1')
  assert.equal(requests.length, 1)
  assert.ok(!JSON.stringify([requests, lines]).includes('simulator-secret'))
})
