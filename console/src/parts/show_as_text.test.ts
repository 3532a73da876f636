import assert from 'node:assert/strict'
import { test } from 'node:test'
import { apiText, shellQuoted } from './show_as_text.ts'

const resource = { kind: 'sync' as const, name: 'shop', spec: { when: "event = 'A'" } }

test('a text is quoted so that a shell reads it as it stands', () => {
  assert.equal(shellQuoted("it's $HOME"), `'it'\\''s $HOME'`)
})

test('without a password, two requests are enough', () => {
  const text = apiText({ origin: 'http://127.0.0.1:8700', needsLogin: false, resource })

  assert.equal(
    text,
    `curl -s http://127.0.0.1:8700/api/v1/resources/sync/shop

curl -s -X PUT http://127.0.0.1:8700/api/v1/resources/sync/shop \\
  -H 'content-type: application/json' -d '{
  "spec": {
    "when": "event = '\\''A'\\''"
  }
}'`,
  )
})

test('with a password, every write carries the token of its session', () => {
  const text = apiText({ origin: 'http://127.0.0.1:8700', needsLogin: true, resource })

  assert.match(text, /csrf=\$\(curl/)
  assert.match(text, /-X PUT .* \\\n {2}-H "x-csrf-token: \$csrf"/)
})
