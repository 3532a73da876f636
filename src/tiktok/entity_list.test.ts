import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseEntities } from './entity_list.ts'

const parse = parseEntities('list', 'ad_id')

test('ids are text, even where TikTok sends a number', () => {
  const page = parse({ list: [{ ad_id: 42 }, { ad_id: '7000000000000000001' }], page_info: { total_number: 2 } })

  assert.deepEqual(page, { list: [{ ad_id: '42' }, { ad_id: '7000000000000000001' }], total_number: 2 })
})

test('an empty list may come as null, and no other list may', () => {
  assert.deepEqual(parse({ list: null, page_info: { total_number: 0 } }), { list: [], total_number: 0 })
  assert.throws(() => parse({ list: null, page_info: { total_number: 3 } }), /there is no list/)
  assert.throws(() => parse({}), /there is no list/)
  assert.throws(() => parse(null), /holds nothing/)
})

test('an entry that cannot be told from others is no entry', () => {
  for (const entry of [{}, { ad_id: '' }, { ad_id: null }, 'ad', null]) {
    assert.throws(() => parse({ list: [entry] }), /Cannot read an entry of "list": it has no ad_id/)
  }
})
