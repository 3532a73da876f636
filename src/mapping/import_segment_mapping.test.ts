import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json, JsonObject } from '../core/json.ts'
import { compileMapping } from './compile_mapping.ts'
import { importSegmentMapping } from './import_segment_mapping.ts'
import { MappingError } from './mapping_error.ts'

const at = (path: string): JsonObject => ({ '@path': path })

test('the fields of a stored mapping get the names they have here', () => {
  const imported = importSegmentMapping({
    event: 'CompletePayment',
    event_id: at('$.messageId'),
    timestamp: at('$.timestamp'),
    phone_number: at('$.properties.phone'),
    email: at('$.properties.email'),
    address: { city: at('$.a.city'), country: at('$.a.country'), state: at('$.a.state'), zip_code: at('$.a.zip') },
    lead_fields: { lead_id: at('$.properties.lead_id'), lead_event_source: 'HubSpot' },
    contents: { '@arrayPath': ['$.properties.products', { price: at('$.price') }] },
  })

  assert.deepEqual(imported, {
    event: 'CompletePayment',
    mapping: {
      event_id: at('$.messageId'),
      event_time: at('$.timestamp'),
      phone: at('$.properties.phone'),
      email: at('$.properties.email'),
      city: at('$.a.city'),
      country: at('$.a.country'),
      state: at('$.a.state'),
      zip_code: at('$.a.zip'),
      lead_id: at('$.properties.lead_id'),
      lead_event_source: 'HubSpot',
      contents: { '@arrayPath': ['$.properties.products', { price: at('$.price') }] },
    },
    notes: ['timestamp is event_time here', 'phone_number is phone here'],
  })
})

test('what has no place here is left out, with a note', () => {
  const imported = importSegmentMapping({
    event_source: 'web',
    event_spec_type: 'travel_fields',
    batch_size: 100,
    onMappingSave: {},
    __segment_internal_sync_mode: 'add',
    __segment_internal_something: 1,
    'address.city': at('$.properties.city'),
  })

  assert.deepEqual(imported, {
    event: null,
    mapping: { city: at('$.properties.city') },
    notes: [
      'event_source was left out: the destination says whether events are web, offline or CRM',
      'event_spec_type was left out: travel_fields and vehicle_fields are sent when they are mapped',
      'batch_size was left out: the destination knows its own batch size',
      'onMappingSave was left out: nothing is called when a mapping is saved',
      '__segment_internal_sync_mode was left out: sync modes belong to audiences',
      '__segment_internal_something was left out: it is internal to Segment',
    ],
  })
})

test('a computed event name is kept as the directive it is', () => {
  assert.deepEqual(importSegmentMapping({ event: at('$.event') }).event, at('$.event'))
})

test('an address that one directive gives is opened key by key', () => {
  const { mapping } = importSegmentMapping({ address: at('$.context.traits.address') })

  const row = compileMapping(mapping)({ context: { traits: { address: { city: 'Paris', country: 'FR' } } } })

  assert.deepEqual(row, { city: 'Paris', country: 'FR' })
})

test('mileage and price range become one value each, and only when they are there', () => {
  const { mapping } = importSegmentMapping({
    vehicle_fields: {
      make: at('$.properties.make'),
      mileage_value: at('$.properties.mileage_value'),
      mileage_unit: 'KM',
      preferred_price_range_min: at('$.properties.min'),
      preferred_price_range_max: at('$.properties.max'),
    },
  })
  const run = compileMapping(mapping)

  assert.deepEqual(run({ properties: { make: 'Fiat', mileage_value: 0, min: 5000, max: 9000 } }), {
    vehicle_fields: { make: 'Fiat', mileage: { value: 0, unit: 'KM' }, preferred_price_range: [5000, 9000] },
  })
  assert.deepEqual(run({ properties: { make: 'Fiat' } }), { vehicle_fields: { make: 'Fiat' } })
})

test('a root directive maps the event before the fields read it', () => {
  const root: Json = {
    '@transform': {
      apply: {
        '@merge': {
          direction: 'right',
          objects: [at('$.'), { properties: { '@flatten': { value: at('$.properties.order'), separator: '_' } } }],
        },
      },
      mapping: at('$.'),
    },
  }
  const { mapping } = importSegmentMapping({ __segment_internal_directive: root, order_id: at('$.properties.id') })

  assert.deepEqual(compileMapping(mapping)({ properties: { order: { id: 'o1' } } }), { order_id: 'o1' })
})

test('what is not a stored mapping is refused', () => {
  for (const stored of [[], 'text', { __segment_internal_directive: 'text' }, { __segment_internal_directive: {} }]) {
    assert.throws(() => importSegmentMapping(stored), MappingError)
  }
})
