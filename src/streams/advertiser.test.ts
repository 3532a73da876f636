import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fakeTikTok } from '../../test/fake_tiktok.ts'
import { ADVERTISER, readStream } from '../../test/read_stream.ts'
import { advertiser } from './advertiser.ts'

const INFO = {
  advertiser_id: ADVERTISER.id,
  name: 'Shop',
  currency: 'USD',
  timezone: 'Etc/GMT+5',
  display_timezone: 'America/New_York',
  balance: 1234.5,
  create_time: 1_600_000_000,
  rejection_reason: 'none yet',
  license_url: 'https://cdn/licence.jpg?x-expires=1&x-signature=abc',
  email: 'a***@s***.com',
  owner_bc_id: '7000000000000000099',
  industry: '',
}

test('an ad account is one row, with the signature of its licence left out', async () => {
  const fake = fakeTikTok({ '/advertiser/info/': () => ({ data: { list: [INFO] } }) })

  const [row, ...others] = await readStream(advertiser, fake.reader)

  const { _raw, ...cells } = row!
  assert.deepEqual(others, [])
  assert.deepEqual(cells, {
    id: ADVERTISER.id,
    name: 'Shop',
    currency: 'USD',
    timezone: 'Etc/GMT+5',
    display_timezone: 'America/New_York',
    balance: '1234.5',
    create_time: '2020-09-13 12:26:40',
    rejected_reason: 'none yet',
    license_url: 'https://cdn/licence.jpg',
    email: 'a***@s***.com',
  })
  assert.equal(JSON.parse(String(_raw)).owner_bc_id, '7000000000000000099')
  assert.equal(JSON.parse(String(_raw)).license_url, undefined)
  assert.deepEqual(fake.calls[0]?.params, { advertiser_ids: [ADVERTISER.id] })
})

test('a field nobody has told us of is noted once and kept', async () => {
  const fake = fakeTikTok({
    '/advertiser/info/': () => ({ data: { list: [{ ...INFO, brand_new: 'ann@shop.com' }] } }),
  })
  const source = advertiser.open(fake.reader)
  const raws: string[] = []

  for (let run = 0; run < 2; run += 1) {
    for await (const { rows } of source.read(ADVERTISER, { days: null })) raws.push(String(rows[0]?.at(-1)))
  }

  assert.equal(JSON.parse(raws[0]!).brand_new, 'ann@shop.com')
  assert.deepEqual(
    fake.notes.filter(({ kind }) => kind === 'unknown_field'),
    [{ kind: 'unknown_field', field: 'brand_new', sample: '"a***@s***.com"' }],
  )
})
