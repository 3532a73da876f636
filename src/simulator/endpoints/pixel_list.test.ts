import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aSimulator, type Parsed, PIXEL } from '../testing.ts'

const PATH = '/open_api/v1.3/pixel/list/'
const ADVERTISER = '7000000000000000001'

const manyPixels = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`CMANY${`${index}`.padStart(15, '0')}`, {}]))

test('the pixels of the advertiser are listed with their page', async (t) => {
  const tiktok = await aSimulator(t, {
    world: { pixels: { CELSEWHERE0000000001: { advertiser_id: '7000000000000000002' } } },
  })

  const { code, data } = await tiktok.get(`${PATH}?advertiser_id=${ADVERTISER}`)

  assert.equal(code, 0)
  assert.deepEqual(data.page_info, { page: 1, page_size: 10, total_number: 1, total_page: 1 })
  assert.deepEqual(
    data.pixels.map(({ pixel_code, pixel_name }: Parsed) => [pixel_code, pixel_name]),
    [[PIXEL, 'Simulator pixel']],
  )
  assert.match(data.pixels[0].pixel_id, /^\d{19}$/)
})

test('pages do not overlap and the one after the last is empty', async (t) => {
  const tiktok = await aSimulator(t, { world: { pixels: manyPixels(24) } })
  const codesOf = async (page: number) => {
    const { data } = await tiktok.get(`${PATH}?advertiser_id=${ADVERTISER}&page_size=20&page=${page}`)
    return data.pixels.map(({ pixel_code }: Parsed) => pixel_code)
  }

  const pages = [await codesOf(1), await codesOf(2), await codesOf(3)]

  assert.deepEqual(
    pages.map(({ length }) => length),
    [20, 5, 0],
  )
  assert.equal(new Set(pages.flat()).size, 25)
})

const REFUSED: readonly (readonly [query: string, code: number, message: string])[] = [
  ['', 40002, 'advertiser_id: Missing data for required field.'],
  ['?advertiser_id=8', 40300, "Advertiser 8 doesn't exist or has been deleted."],
  ['?advertiser_id=7000000000000000003', 40001, 'No permission to operate advertiser 7000000000000000003.'],
  [`?advertiser_id=${ADVERTISER}&page_size=21`, 40002, 'Invalid value for page_size: must be between 1 and 20.'],
  [`?advertiser_id=${ADVERTISER}&page=0`, 40002, 'Invalid value for page: must be at least 1.'],
]

for (const [query, code, message] of REFUSED) {
  test(`/pixel/list/${query} is refused with ${code}`, async (t) => {
    const tiktok = await aSimulator(t)

    const answer = await tiktok.get(PATH + query)

    assert.deepEqual([answer.code, answer.message], [code, message])
  })
}
