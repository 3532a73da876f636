import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fakePage, fakeTikTok } from '../../test/fake_tiktok.ts'
import { ADVERTISER, readStream } from '../../test/read_stream.ts'
import { pixel } from './pixel.ts'

test('every pixel of every page is a row', async () => {
  const pixels = Array.from({ length: 45 }, (_, index) => ({
    pixel_id: `73000000000000000${index + 10}`,
    pixel_code: `C${index}`,
    pixel_name: 'Shop',
    create_time: '2026-01-01 10:00:00',
    events: [{ event_type: 'SHOPPING' }],
    pixel_script: '<script>…</script>',
  }))
  const { reader, calls } = fakeTikTok({ '/pixel/list/': (call) => fakePage(call, pixels, 20, 'pixels') })

  const rows = await readStream(pixel, reader)

  const { _raw, ...first } = rows[0]!
  assert.deepEqual(first, {
    pixel_id: '7300000000000000010',
    advertiser_id: ADVERTISER.id,
    pixel_code: 'C0',
    pixel_name: 'Shop',
    events: '[{"event_type":"SHOPPING"}]',
    create_time: '2026-01-01 10:00:00',
  })
  assert.equal(JSON.parse(String(_raw)).pixel_script, undefined)
  assert.deepEqual([rows.length, calls.length], [45, 3])
})
