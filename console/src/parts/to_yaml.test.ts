import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parse } from 'yaml'
import { toYaml } from './to_yaml.ts'

test('a resource reads like a configuration file', () => {
  const resource = {
    kind: 'sync',
    name: 'shop-to-pixel',
    spec: { mappings: [{ name: 'Order Completed', when: 'event = "Order Completed"', enabled: true }], tags: [] },
  }

  assert.equal(
    toYaml(resource),
    `kind: sync
name: shop-to-pixel
spec:
  mappings:
    - name: Order Completed
      when: 'event = "Order Completed"'
      enabled: true
  tags: []
`,
  )
})

test('a YAML reader gives the same value back', () => {
  const value = fc.jsonValue({ stringUnit: 'binary' })

  fc.assert(
    fc.property(value, (json) => {
      assert.deepEqual(parse(toYaml(json as never), { version: '1.1' }), JSON.parse(JSON.stringify(json)))
    }),
  )
})
