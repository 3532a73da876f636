import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aSimulator, SHOP, TOKEN } from '../testing.ts'

const PATHS = ['/campaign/get/', '/smart_plus/ad/get/', '/file/video/ad/search/', '/dmp/custom_audience/list/']

/** What an order makes of a call: its HTTP status and TikTok's code; null for what is not JSON, 'cut' without an answer. */
const FAULTS: readonly (readonly [order: object, status: number | 'cut', code: number | null])[] = [
  [{ fault: 'throttle' }, 200, 40100],
  [{ fault: 'code', code: 51010 }, 200, 51010],
  [{ fault: 'revoked' }, 200, 40105],
  [{ fault: 'no_permission' }, 200, 40001],
  [{ fault: 'http_500' }, 500, null],
  [{ fault: 'http_502' }, 502, null],
  [{ fault: 'html_200' }, 200, null],
  [{ fault: 'timeout', after_ms: 1 }, 504, null],
  [{ fault: 'cut_before' }, 'cut', null],
  [{ fault: 'cut_mid' }, 'cut', null],
  [{ fault: 'slow', latency_ms: 1 }, 200, 0],
]

const codeOf = (text: string): number | null => (text.startsWith('{') ? JSON.parse(text).code : null)

for (const [order, status, code] of FAULTS) {
  test(`${JSON.stringify(order)} hits reading once, and then all is well`, async (t) => {
    const tiktok = await aSimulator(t)
    const ask = async (path: string) => {
      const url = `${tiktok.url}/open_api/v1.3${path}?advertiser_id=${SHOP}`
      try {
        const response = await fetch(url, { headers: { 'access-token': TOKEN } })
        return [response.status, codeOf(await response.text())]
      } catch {
        return ['cut', null]
      }
    }

    for (const path of PATHS) {
      await tiktok.control('POST', 'faults', { ...order, times: 1, match: { path } })
      assert.deepEqual(await ask(path), [status, code], path)
      assert.deepEqual(await ask(path), [200, 0], path)
    }
  })
}
