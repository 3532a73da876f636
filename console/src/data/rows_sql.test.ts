import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Table } from '../../../src/server/contract_streams.ts'
import { rowsSql } from './rows_sql.ts'

const report = { name: 'ad_report_daily', advertiserColumn: 'advertiser_id', windowColumn: 'stat_time_day' } as Table
const entity = { name: 'ad_history', advertiserColumn: 'advertiser_id', windowColumn: null } as Table

test('rows are narrowed by advertiser and days, the newest first', () => {
  assert.equal(
    rowsSql('tiktok_ads', report, { advertiser: '7000000000000000001', from: '2026-03-01', to: '2026-03-31' }),
    `select *
from tiktok_ads.ad_report_daily
where advertiser_id = 7000000000000000001
  and stat_time_day >= '2026-03-01'
  and stat_time_day <= '2026-03-31 23:59:59'
order by stat_time_day desc
limit 100`,
  )
})

test('an address that names no id and no day changes nothing of the query', () => {
  const narrowed = { advertiser: '1 or true', from: "2026-03-01' or true --", to: undefined }

  assert.equal(rowsSql('s', entity, narrowed), 'select *\nfrom s.ad_history\nlimit 100')
  assert.equal(
    rowsSql('s', report, narrowed),
    'select *\nfrom s.ad_report_daily\norder by stat_time_day desc\nlimit 100',
  )
})
