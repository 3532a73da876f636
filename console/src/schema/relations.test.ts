import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import type { ErdTable, Table } from '../../../src/server/contract_streams.ts'
import { joinSql, matchOf, neighbourhood, relationsOf, tellingColumns, tellingRelations } from './relations.ts'

const column = (name: string, apiField: string | null = name) => ({ name, apiField, about: `The ${name}.` })
const table = (name: string, given: Partial<Table>): ErdTable => ({
  table: { name, about: '', mode: 'upsert', references: [], key: [], columns: [], ...given } as unknown as Table,
  auditColumns: [],
  isOn: true,
  rows: null,
  syncedAt: null,
})
const history = table('ad_history', {
  mode: 'history',
  key: ['ad_id', 'updated_at'],
  references: [{ columns: ['advertiser_id'], table: 'advertiser', to: ['id'] }],
})
const report = table('ad_report_daily', {
  key: ['ad_id', 'stat_time_day'],
  references: [{ columns: ['ad_id'], table: 'ad_history', to: ['ad_id'] }],
  columns: [column('ad_id'), column('video_watched_2_s', 'video_watched_2s')] as unknown as Table['columns'],
})

test('relations lead only to tables that are shown', () => {
  const relations = relationsOf([history, report])

  assert.deepEqual(
    relations.map(({ from, to }) => [from, to]),
    [['ad_report_daily', 'ad_history']],
  )
  assert.deepEqual([...neighbourhood('ad_history', relations)], ['ad_history', 'ad_report_daily'])
  assert.deepEqual([...tellingColumns(history.table)], ['ad_id', 'updated_at', 'advertiser_id'])
})

test('a relation that another one implies, or of a table with itself, tells nothing new', () => {
  const to = (...names: readonly string[]) => names.map((name) => ({ columns: ['x'], table: name, to: ['x'] }))
  const relations = relationsOf([
    table('advertiser', {}),
    table('campaign', { references: to('advertiser') }),
    table('ad', { references: to('advertiser', 'campaign', 'ad') }),
    table('report', { references: to('ad', 'campaign', 'advertiser') }),
  ])

  assert.deepEqual(
    tellingRelations(relations).map(({ from, to: target }) => [from, target]),
    [
      ['campaign', 'advertiser'],
      ['ad', 'campaign'],
      ['report', 'ad'],
    ],
  )
})

test('a report joined on a history keeps its number of rows, since only the newest version is joined', () => {
  const database = new DatabaseSync(':memory:')
  database.exec(`
    attach ':memory:' as tiktok_ads;
    create table tiktok_ads.ad_history (ad_id int, updated_at text, ad_name text);
    insert into tiktok_ads.ad_history values (1, '2026-01-01', 'old'), (1, '2026-02-01', 'new'), (2, '2026-01-01', 'other');
    create table tiktok_ads.ad_report_daily (ad_id int, spend int);
    insert into tiktok_ads.ad_report_daily values (1, 10), (2, 20);
  `)
  const sql = joinSql('tiktok_ads', relationsOf([history, report])[0]!, history.table)

  const rows = database.prepare(sql).all() as { ad_name: string; spend: number }[]

  assert.deepEqual(rows.map(({ ad_name, spend }) => [ad_name, spend]).sort(), [
    ['new', 10],
    ['other', 20],
  ])
  database.close()
})

test('a search finds a table by a column, by our name of it or TikTok’s', () => {
  assert.deepEqual(matchOf(report.table, 'Watched_2s'), { table: false, columns: ['video_watched_2_s'] })
  assert.deepEqual(matchOf(report.table, 'daily'), { table: true, columns: [] })
  assert.deepEqual(matchOf(report.table, '  '), { table: false, columns: [] })
})
