import assert from 'node:assert/strict'
import test from 'node:test'
import { maskBody, maskEvent } from './mask_event.ts'

test('what identifies a person shows only its first letter, wherever it stands', () => {
  const event = {
    event: 'Order Completed',
    userId: 'u-1',
    context: { ip: '203.0.113.9', traits: { name: 'Ann Lee', email: 'ann@x.example', plan: 'gold' } },
    properties: {
      name: 'Mug',
      revenue: 3,
      phone: 12133734253,
      address: { street: 'Main St 1', city: 'Rome' },
      note: 'call ann@x.example or +1 213 373 4253',
    },
  }

  assert.deepEqual(maskEvent(event), {
    event: 'Order Completed',
    userId: 'u-1',
    context: { ip: '2***', traits: { name: 'A***', email: 'a***', plan: 'gold' } },
    properties: {
      name: 'Mug',
      revenue: 3,
      phone: '1***',
      address: { street: 'M***', city: 'Rome' },
      note: 'call a*** or +***',
    },
  })
})

test('a body is masked whether or not it is whole JSON', () => {
  assert.equal(maskBody('{"lastName":"Lee","n":1}'), '{"lastName":"L***","n":1}')
  assert.equal(maskBody('{"n":1,"last_name":"Lee","email":"ann@x.ex'), '{"n":1,"last_name":"***","email":"***"')
  assert.equal(maskBody('mail ann@x.example'), 'mail a***')
})
