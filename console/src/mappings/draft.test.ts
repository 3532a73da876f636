import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PresetList } from '../../../src/server/contract.ts'
import { addPreset, changeMapping, duplicateAt, moveAt, nameProblem, setField, wholeMapping } from './draft.ts'

const order = {
  name: 'order_completed',
  title: 'Complete Payment',
  when: 'event = "Order Completed"',
  event: 'CompletePayment',
  mapping: { event_id: { '@path': '$.messageId' }, value: { '@path': '$.properties.value' } },
}
const presets: PresetList = {
  sets: [{ name: 'segment', title: 'Segment', presets: [order] }],
  base: { event_id: 'base' },
}

test('a mapping takes from its preset what it does not say itself', () => {
  const mapping = { name: 'Orders', preset: 'order_completed', event: 'Purchase', fields: { value: 1 } }

  assert.deepEqual(wholeMapping(mapping, presets), {
    when: 'event = "Order Completed"',
    event: 'Purchase',
    fields: { event_id: { '@path': '$.messageId' }, value: 1 },
  })
})

test('a mapping without a preset starts from the base fields', () => {
  assert.deepEqual(wholeMapping({ name: 'Own', when: 'type = "track"' }, presets), {
    when: 'type = "track"',
    event: '',
    fields: { event_id: 'base' },
  })
})

test('a duplicate arrives switched off, after its original, under a name of its own', () => {
  const mappings = [{ name: 'A', enabled: true }, { name: 'A copy' }]

  assert.deepEqual(duplicateAt(mappings, 0), [
    { name: 'A', enabled: true },
    { name: 'A copy 2', enabled: false },
    { name: 'A copy' },
  ])
})

test('a preset added twice gets a number', () => {
  const names = addPreset(addPreset([], order, 'segment'), order, 'segment').map(({ name }) => name)

  assert.deepEqual(names, ['Complete Payment', 'Complete Payment 2'])
})

test('a mapping at an end cannot be moved beyond it', () => {
  const mappings = [{ name: 'A' }, { name: 'B' }]

  assert.deepEqual(moveAt(mappings, 0, -1), mappings)
  assert.deepEqual(moveAt(mappings, 0, 1), [{ name: 'B' }, { name: 'A' }])
})

test('the last own field given back to the preset leaves no empty fields', () => {
  const mapping = { name: 'A', fields: { value: 1 } }

  assert.deepEqual(setField(mapping, 'value', undefined), { name: 'A' })
  assert.deepEqual(changeMapping(mapping, { when: 'x' }), { name: 'A', fields: { value: 1 }, when: 'x' })
})

test('two mappings of a sync cannot have one name', () => {
  const mappings = [{ name: 'A' }, { name: 'B' }]

  assert.equal(nameProblem(mappings, 1, 'B'), null)
  assert.equal(nameProblem(mappings, 1, 'A'), 'Another mapping of this sync has this name')
  assert.equal(nameProblem(mappings, 1, ' '), 'A mapping needs a name')
})
