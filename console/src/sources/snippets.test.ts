import assert from 'node:assert/strict'
import { test } from 'node:test'
import { snippets } from './snippets.ts'

const textOf = (name: string, ingestUrl: string, key = 'shop-key') =>
  snippets(ingestUrl, key).find((snippet) => snippet.name === name)!.text

test('every SDK has a snippet with the key in it', () => {
  const all = snippets('https://events.shop.example', 'shop-key')

  assert.deepEqual(
    all.map(({ name }) => name),
    ['Browser', 'npm', 'Node', 'Python', 'Go', 'curl', 'RudderStack Node'],
  )
  assert.ok(all.every(({ text }) => text.includes('shop-key')))
})

test('the npm snippet names the host without scheme, and the scheme apart', () => {
  const text = textOf('npm', 'http://127.0.0.1:8700/')

  assert.match(text, /cdnURL: 'http:\/\/127\.0\.0\.1:8700'/)
  assert.match(text, /apiHost: '127\.0\.0\.1:8700\/v1'/)
  assert.match(text, /protocol: 'http'/)
})

test('an address below a path keeps its path', () => {
  assert.match(textOf('npm', 'https://shop.example/backbeat/'), /apiHost: 'shop\.example\/backbeat\/v1'/)
  assert.match(textOf('curl', 'https://shop.example/backbeat/'), /'https:\/\/shop\.example\/backbeat\/v1\/track'/)
})

test('a key cannot break out of the code it stands in', () => {
  const key = `'</script>"`

  assert.match(textOf('Browser', 'https://a.example', key), /'\\'\\x3c\/script>"'/)
  assert.match(textOf('Go', 'https://a.example', key), /NewWithConfig\("'<\/script>\\""/)
  assert.match(textOf('curl', 'https://a.example', key), /-u ''\\''<\/script>":'/)
})
