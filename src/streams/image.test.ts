import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fakePage, fakeTikTok } from '../../test/fake_tiktok.ts'
import { ADVERTISER, readStream } from '../../test/read_stream.ts'
import { image } from './image.ts'

test('an image is a row without the address that expires', async () => {
  const given = { image_id: 'ad-site/1', width: 720, height: 1280, size: 90_000, displayable: true }
  const { reader } = fakeTikTok({
    '/file/image/ad/search/': (call) => fakePage(call, [{ ...given, image_url: 'https://cdn/i?x-expires=1' }], 100),
  })

  assert.deepEqual(await readStream(image, reader), [
    { ...given, advertiser_id: ADVERTISER.id, _raw: JSON.stringify(given) },
  ])
})
