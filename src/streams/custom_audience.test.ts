import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fakePage, fakeTikTok } from '../../test/fake_tiktok.ts'
import { ADVERTISER, readStream } from '../../test/read_stream.ts'
import { customAudience } from './custom_audience.ts'

test('an audience is a row of what its list and its details say together', async () => {
  const listed = { audience_id: '5', name: 'Buyers', audience_type: 'Customer File', cover_num: 12_000, is_valid: true }
  const details = { audience_id: '5', name: 'Buyers', type: 'Customer File', audience_sub_type: 'NORMAL', rule: null }
  const fake = fakeTikTok({
    '/dmp/custom_audience/list/': (call) => fakePage(call, [listed], 100),
    '/dmp/custom_audience/get/': () => ({ data: { list: [{ audience_details: details, audience_history: [] }] } }),
  })

  const [row, ...others] = await readStream(customAudience, fake.reader)

  const { _raw, ...cells } = row!
  assert.deepEqual(cells, {
    audience_id: '5',
    advertiser_id: ADVERTISER.id,
    name: 'Buyers',
    audience_type: 'Customer File',
    audience_sub_type: 'NORMAL',
    cover_num: 12_000,
    is_valid: true,
  })
  assert.deepEqual(others, [])
  assert.equal(fake.calls.length, 2)
})

test('an advertiser without audiences is asked no details', async () => {
  const fake = fakeTikTok({ '/dmp/custom_audience/list/': (call) => fakePage(call, [], 100) })

  assert.deepEqual(await readStream(customAudience, fake.reader), [])
  assert.equal(fake.calls.length, customAudience.callsPerSlice)
})
