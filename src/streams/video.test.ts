import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type FakeCall, fakePage, fakeTikTok } from '../../test/fake_tiktok.ts'
import { ADVERTISER, readStream } from '../../test/read_stream.ts'
import { video } from './video.ts'

const aVideo = (video_id: string) => ({
  video_id,
  material_id: '7400000000000000001',
  file_name: 'shoes.mp4',
  duration: 12.5,
  create_time: '2020-06-10T07:39:14Z',
  preview_url: 'https://cdn/v?x-expires=1',
  preview_url_expire_time: '2026-11-21 18:00:00',
})

test('a video is a row without the addresses that expire', async () => {
  const { reader } = fakeTikTok({ '/file/video/ad/search/': (call) => fakePage(call, [aVideo('v1')], 100) })

  const rows = await readStream(video, reader)

  assert.deepEqual(rows, [
    {
      video_id: 'v1',
      advertiser_id: ADVERTISER.id,
      material_id: '7400000000000000001',
      file_name: 'shoes.mp4',
      duration: 12.5,
      create_time: '2020-06-10 07:39:14',
      _raw: JSON.stringify({
        video_id: 'v1',
        material_id: '7400000000000000001',
        file_name: 'shoes.mp4',
        duration: 12.5,
        create_time: '2020-06-10T07:39:14Z',
      }),
    },
  ])
})

test('videos of ads that lie beyond the newest 10,000 are looked up', async () => {
  const listed = Array.from({ length: 10_000 }, (_, index) => aVideo(`v${index}`))
  const ads = Array.from({ length: 70 }, (_, index) => ({ ad_id: `${index + 1}`, video_id: `old${index}` }))
  const isFirstPass = ({ params }: FakeCall) => JSON.stringify(params['filtering']).includes('"AUCTION"')
  const fake = fakeTikTok({
    '/file/video/ad/search/': (call) => fakePage(call, listed, 100),
    '/ad/get/': (call) => fakePage(call, isFirstPass(call) ? [...ads, { ad_id: '99', video_id: 'v5' }] : [], 1000),
    '/file/video/ad/info/': ({ params }) => {
      const ids = params['video_ids'] as string[]
      if (ids.length > 60) return { code: 40_002, message: 'video_ids: at most 60' }
      return { data: { list: ids.map(aVideo) } }
    },
  })

  const rows = await readStream(video, fake.reader)

  assert.equal(new Set(rows.map(({ video_id }) => video_id)).size, 10_070)
  assert.equal(rows.length, 10_070)
})
