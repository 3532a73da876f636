import assert from 'node:assert/strict'
import { test } from 'node:test'
import { draftOf, FIRST_DRAFT, lacking, offeredName, specOf, stepToDo } from './draft.ts'

const complete = { ...FIRST_DRAFT, name: 'main-to-local', account: 'main', warehouse: 'local' }

test('a draft becomes a spec that says only what was chosen, and is read back from it', () => {
  assert.deepEqual(specOf(complete), {
    from: { account: 'main' },
    to: { warehouse: 'local', schema: 'tiktok_ads' },
    schedule: { cron: '30 12 * * *', zone: 'UTC' },
    history_days: 90,
    backfill_days: 30,
    schema_policy: 'add_columns',
  })
  const chosen = { ...complete, streams: ['advertiser'], advertisers: ['7'], schedule: null }
  assert.deepEqual(draftOf('main-to-local', specOf(chosen)), chosen)
})

test('a spec that leaves everything out stands for the defaults', () => {
  assert.deepEqual(draftOf('main-to-local', { from: { account: 'main' }, to: { warehouse: 'local' } }), complete)
})

test('a step leads back to the first that lacks something', () => {
  assert.equal(stepToDo('summary', FIRST_DRAFT), 'account')
  assert.equal(stepToDo('summary', { ...FIRST_DRAFT, account: 'main' }), 'warehouse')
  assert.equal(stepToDo('summary', { ...complete, streams: [] }), 'streams')
  assert.equal(stepToDo('summary', complete), 'summary')
  assert.equal(lacking('streams', { ...complete, streams: [] }), 'Switch on at least one stream')
})

test('a connection is offered a name by what it links', () => {
  assert.equal(offeredName(complete), 'main-to-local')
  assert.equal(offeredName(FIRST_DRAFT), '')
})
