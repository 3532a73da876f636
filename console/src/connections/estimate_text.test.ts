import assert from 'node:assert/strict'
import { test } from 'node:test'
import { estimateText } from './estimate_text.ts'

const text = (minutes: number) => estimateText({ slices: 1, calls: 3200, minutes, streams: [] })

test('an estimate is as rough as it is', () => {
  assert.equal(text(0.2), 'Reads 1 slice with about 3,200 calls, in less than a minute at the present limit')
  assert.match(text(1.4), /about 1 minute at/)
  assert.match(text(200), /about 3 hours at/)
})
