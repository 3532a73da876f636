import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aSimulator } from './testing.ts'

const FILES: readonly (readonly [path: string, type: string, part: RegExp])[] = [
  ['/', 'text/html; charset=utf-8', /This is a simulator/],
  ['/page.js', 'text/javascript; charset=utf-8', /replaceChildren/],
  ['/page.css', 'text/css; charset=utf-8', /body \{/],
]

for (const [path, type, part] of FILES) {
  test(`${path} is served as ${type} and may load nothing from elsewhere`, async (t) => {
    const tiktok = await aSimulator(t)

    const response = await fetch(tiktok.url + path)

    assert.deepEqual([response.status, response.headers.get('content-type')], [200, type])
    assert.match(response.headers.get('content-security-policy') ?? '', /^default-src 'none'; script-src 'self';/)
    assert.match(await response.text(), part)
  })
}

test('the page writes what it is given as text, never as markup', async (t) => {
  const tiktok = await aSimulator(t)

  const script = await (await fetch(`${tiktok.url}/page.js`)).text()

  assert.doesNotMatch(script, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment/)
})

test('looking at the page is no call to TikTok', async (t) => {
  const tiktok = await aSimulator(t)

  await fetch(tiktok.url)

  assert.equal((await tiktok.control('GET', 'requests')).total, 0)
})

test("a path that is nobody's gets TikTok's own answer", async (t) => {
  const tiktok = await aSimulator(t)

  assert.equal((await tiktok.get('/favicon.ico')).code, 40400)
})
