import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Tallies } from './tallies.ts'

const NAMES = 3000

test('invented names are counted together once there are too many, and none is lost', () => {
  const tallies = new Tallies()

  for (let name = 0; name < NAMES; name++) tallies.count('PIXEL', `name ${name}`, 'counted')
  tallies.count('PIXEL', 'name 0', 'duplicate')
  const { counted, duplicates, by_event } = tallies.totals(() => true)

  assert.deepEqual({ counted, duplicates }, { counted: NAMES, duplicates: 1 })
  assert.equal(Object.keys(by_event).length, 2001)
  assert.equal(by_event['name 0']?.duplicates, 1)
  assert.equal(by_event['(other names)']?.counted, NAMES - 2000)
})
