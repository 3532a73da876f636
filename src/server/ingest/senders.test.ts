import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aTrack, basic, ingestServer, SHOP } from '../../../test/ingest_server.ts'
import type { EventRoute, Sender } from '../../event_sources/event_source.ts'
import { rudderstack } from '../../event_sources/rudderstack.ts'
import { batchRoute, segment } from '../../event_sources/segment.ts'

const ACCEPTED = { status: 202, headers: { 'content-type': 'text/plain' }, body: 'taken' }
const route: EventRoute = {
  ...batchRoute,
  paths: ['/v2/bulk', '/v1/batch'],
  takesArrays: true,
  success: () => ACCEPTED,
  problem: () => ({ ...ACCEPTED, body: 'not taken' }),
}
const other: Sender = { type: 'other', about: 'A client with answers of its own', routes: [route] }
const senders = [segment, rudderstack, other]
const configured = [SHOP, { name: 'other', type: 'other', writeKey: 'OK', secret: 's3cret' }]

const post = (url: string, payload: object, authorization: string) =>
  ingestServer({ senders, configured }).server.inject({ method: 'POST', url, payload, headers: { authorization } })
const withSecret = (secret: string) => `Basic ${Buffer.from(`OK:${secret}`).toString('base64')}`

test('of two senders at one path the type of the source decides, and each has its own answers', async () => {
  const ours = await post('/v1/batch', { batch: [aTrack()] }, basic('WK'))
  const theirs = await post('/v1/batch', { batch: [aTrack()] }, withSecret('s3cret'))

  assert.deepEqual([ours.statusCode, ours.body], [200, '{"success":true}'])
  assert.deepEqual([theirs.statusCode, theirs.body], [202, 'taken'])
})

test('a sender may take an array for a body', async () => {
  const answer = await post('/v2/bulk', [aTrack(), aTrack({ messageId: 'm2' })], withSecret('s3cret'))

  assert.deepEqual([answer.statusCode, answer.body], [202, 'taken'])
})

test('a source with a secret takes nothing without it', async () => {
  for (const secret of ['', 's3cre', 's3cret2']) {
    const answer = await post('/v2/bulk', { batch: [aTrack()] }, withSecret(secret))
    assert.deepEqual([answer.statusCode, answer.body], [202, 'not taken'], secret)
  }
})

test('two senders that want different things of one path cannot both be served', async () => {
  const clash: Sender = {
    type: 'clash',
    about: 'Wants a batch address for something else',
    routes: [{ kind: 'open', method: 'POST', paths: ['/v1/batch'], answer: () => ACCEPTED }],
  }

  assert.throws(
    () => ingestServer({ senders: [segment, clash] }),
    /^Error: Cannot serve POST \/v1\/batch: "segment" and "clash"/,
  )
})
