import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Findings } from './reasons.ts'
import { travelParameters, vehicleParameters } from './verticals.ts'

test('travel parameters have the types of the wire', () => {
  const findings = new Findings()

  const found = travelParameters(
    {
      checkin_date: '2026-12-24',
      departing_departure_date: '20261224',
      num_adults: '2',
      destination_ids: 'd1',
      travel_class: 'ECO',
      user_score: '4.5',
      city: null,
    },
    findings,
  )

  assert.deepEqual(found, {
    checkin_date: '2026-12-24',
    departing_departure_date: '20261224',
    num_adults: 2,
    destination_ids: ['d1'],
    travel_class: 'eco',
    user_score: 4.5,
  })
  assert.deepEqual(findings, new Findings())
})

test('vehicle parameters have the types of the wire', () => {
  const findings = new Findings()

  const found = vehicleParameters(
    { year: '2024', mileage: { value: '100', unit: 'km' }, body_style: 'suv', preferred_price_range: ['1000', 2000] },
    findings,
  )

  assert.deepEqual(found, {
    year: 2024,
    mileage: { value: 100, unit: 'KM' },
    body_style: 'SUV',
    preferred_price_range: [1000, 2000],
  })
  assert.deepEqual(findings, new Findings())
})

test('what TikTok does not know is left out, each with a warning', () => {
  const findings = new Findings()

  const travel = travelParameters({ checkin_date: 'tomorrow', colour: 'red', constructor: 'x' }, findings)
  const vehicle = vehicleParameters({ vin: 'x'.repeat(18), mileage: 5, preferred_price_range: [1] }, findings)

  assert.deepEqual([travel, vehicle], [{}, {}])
  assert.deepEqual(
    findings.warnings.map(({ field }) => field),
    [
      'properties.checkin_date',
      'properties.colour',
      'properties.constructor',
      'properties.vin',
      'properties.mileage',
      'properties.preferred_price_range',
    ],
  )
  assert.deepEqual(findings.reasons, [])
})

test('what is not an object is told', () => {
  const findings = new Findings()

  assert.equal(travelParameters('2026-12-24', findings), undefined)
  assert.equal(findings.reasons[0]?.code, 'mapping.wrong_type')
})
