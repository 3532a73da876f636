import assert from 'node:assert/strict'
import { test } from 'node:test'
import { whyNotReading } from './reading_statement.ts'

const READING = [
  'select 1',
  '  SELECT * FROM "tiktok_ads"."ad_history" where name = \'delete from x; drop\';  ',
  'with a as (select 1) select * from a -- and that is all; really',
  'from ad_report_daily',
  '(select 1) union all (select 2)',
  'values (1), (2)',
  'describe ad_history',
  "select 'it''s', 'C:\\\\', $$a b$$",
  'select "into", `update` from t',
  'select update_time, deleted, settings from t /* insert into */',
]

const WRITING = [
  '',
  '-- nothing',
  'delete from t',
  'select 1; drop table t',
  'with gone as (delete from t returning *) select * from gone',
  'with a as (update t set b = 1 returning *) select * from a',
  'with a as (insert into t values (1) returning *) select * from a',
  'select * into t2 from t',
  "select * from t into outfile '/tmp/x'",
  'select * from t for update',
  'create table t (a int)',
  "copy t to '/tmp/t'",
  "attach '/tmp/x.db'",
  'pragma database_list',
  'set enable_external_access = true',
  'install httpfs',
  'call pg_stop()',
  'explain analyze delete from t',
  'explain analyze create table a as select 1',
  // What one database takes for a text, another ends earlier.
  "select '\\'; drop table t; --'",
  "select 1 # '\n; drop table t -- '",
  'select 1 /*! ; drop table t */',
  "select 1 /* /* */ ' */ ; drop table t --'",
  "select $a$ ' $a$; drop table t -- '",
]

test('a single statement that reads is let through', () => {
  for (const sql of READING) assert.equal(whyNotReading(sql), null, sql)
})

test('what writes, or hides that it writes, is not', () => {
  for (const sql of WRITING) assert.notEqual(whyNotReading(sql), null, sql)
})
