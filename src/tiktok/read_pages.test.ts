import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fakePage, fakeTikTok } from '../../test/fake_tiktok.ts'
import { isObject } from '../core/json.ts'
import type { Endpoint } from './endpoint.ts'
import { type ListPage, type PageParams, readPages } from './read_pages.ts'

const things: Endpoint<PageParams, ListPage<number>> = {
  method: 'GET',
  path: '/things/',
  docs: 'none',
  parse: (data) => {
    const { list, page_info } = data as { list: number[]; page_info?: { total_number: number } }
    return { list, total_number: isObject(page_info) ? page_info.total_number : null }
  },
}

const numbers = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index)

async function readAll(fake: ReturnType<typeof fakeTikTok>, pageSize: number): Promise<number[][]> {
  const pages: number[][] = []
  for await (const { items } of readPages(fake.reader, things, { page_size: pageSize })) pages.push([...items])
  return pages
}

test('every item of every page comes, with no call too many', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 20 }), async (total, pageSize) => {
      const fake = fakeTikTok({ '/things/': (call) => fakePage(call, numbers(0, total), 20) })

      const pages = await readAll(fake, pageSize)

      assert.deepEqual(pages.flat(), numbers(0, total))
      assert.equal(fake.calls.length, Math.max(1, Math.ceil(total / pageSize)))
    }),
  )
})

test('a list that says no total ends with the first page that is not full', async () => {
  const fake = fakeTikTok({
    '/things/': ({ params }) => ({
      data: {
        list: numbers(0, 7)
          .slice((Number(params['page']) - 1) * 3)
          .slice(0, 3),
      },
    }),
  })

  assert.deepEqual(await readAll(fake, 3), [[0, 1, 2], [3, 4, 5], [6]])
})

test('a list that grew while it was read is read again, and the page of the run says so', async () => {
  let count = 5
  const fake = fakeTikTok({
    '/things/': (call) => {
      // A new thing comes first and pushes every other one down, after the first page was read.
      const answer = fakePage(call, numbers(0, count).toReversed(), 20)
      count = 6
      return answer
    },
  })

  const pages = await readAll(fake, 3)

  assert.deepEqual(new Set(pages.flat()), new Set(numbers(0, 6)))
  assert.deepEqual(
    fake.notes.filter(({ kind }) => kind === 'shifted'),
    [{ kind: 'shifted', message: '/things/ had 5 rows and has 6 now; it is read again from its first page' }],
  )
})

test('a list that never rests is read to its end in the end', async () => {
  let count = 10
  const fake = fakeTikTok({
    '/things/': (call) => {
      count += 1
      return fakePage(call, numbers(0, count), 20)
    },
  })

  const pages = await readAll(fake, 5)

  assert.equal(fake.notes.filter(({ kind }) => kind === 'shifted').length, 3)
  assert.ok(new Set(pages.flat()).size >= 15)
})
