import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { StreamInfo } from '../../../src/server/contract_streams.ts'
import { chosenNames, isUsual } from './chosen_streams.ts'

const stream = (name: string, isDefault: boolean) => ({ table: { name }, isDefault, callsPerSlice: 1 }) as StreamInfo
const streams = [stream('advertiser', true), stream('ad_report_daily', true), stream('ad_country_report', false)]

test('when none are named the usual ones are read', () => {
  assert.deepEqual([...chosenNames(streams, null)], ['advertiser', 'ad_report_daily'])
  assert.deepEqual([...chosenNames(streams, ['ad_country_report'])], ['ad_country_report'])
})

test('exactly the usual ones need not be named, in whatever order they were chosen', () => {
  assert.equal(isUsual(streams, new Set(['ad_report_daily', 'advertiser'])), true)
  assert.equal(isUsual(streams, new Set(['advertiser'])), false)
  assert.equal(isUsual(streams, new Set(['advertiser', 'ad_report_daily', 'ad_country_report'])), false)
})
