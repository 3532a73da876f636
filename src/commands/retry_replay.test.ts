import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Store } from '../store/store.ts'
import { aReason, aShell, type Decided, decide, NOW, shopFiles, type TestShell } from './testing.ts'

const HOUR = 3_600_000

async function aShop(test: TestContext, events: readonly Decided[]): Promise<{ shell: TestShell; store: Store }> {
  const shell = aShell(test, { 'backbeat.yaml': shopFiles() })
  await shell.run('apply')
  const store = await shell.store()
  await decide(store, events)
  return { shell, store }
}

const inLine = async ({ deliveries }: Store): Promise<readonly number[]> =>
  [...(await deliveries.inState('retry', { limit: 99 }))].sort()

test('a preview counts dead letters by cause and changes nothing', async (t) => {
  const { shell, store } = await aShop(t, [
    { messageId: 'm1', state: 'dead', reason: aReason() },
    { messageId: 'm2', state: 'dead', reason: aReason('mapping.missing_field', 'event_time is required') },
    { messageId: 'm3', state: 'dead', reason: aReason() },
    { messageId: 'm4', state: 'delivered' },
  ])

  const { code, out, err } = await shell.run('retry --preview')

  assert.equal(code, 0)
  assert.deepEqual(out.split('\n'), [
    '2  shop-to-pixel  tiktok.refused         TikTok refused it',
    '1  shop-to-pixel  mapping.missing_field  event_time is required',
  ])
  assert.equal(err, '3 events would be sent again')
  assert.deepEqual(await inLine(store), [])
})

test('dead letters of one cause go in line again, and the audit log has it', async (t) => {
  const { shell, store } = await aShop(t, [
    { messageId: 'm1', state: 'dead', reason: aReason() },
    { messageId: 'm2', state: 'dead', reason: aReason('mapping.missing_field', 'event_time is required') },
  ])

  const { code, out } = await shell.run('retry --sync shop-to-pixel --code mapping.missing_field --json')

  assert.equal(code, 0)
  assert.deepEqual(
    { ...JSON.parse(out), groups: JSON.parse(out).groups.length },
    { events: 1, outsideWindow: 0, unknown: 0, queued: 1, groups: 1 },
  )
  assert.deepEqual(await inLine(store), [2])
  const [entry] = await store.audit.list({ limit: 1 })
  assert.deepEqual(
    [entry!.who, entry!.what, entry!.subject, entry!.detail],
    ['cli', 'dead_letters.replay', 'sync/shop-to-pixel', '1 events'],
  )
})

test('a name that no dead letter has is an error, not a job well done', async (t) => {
  const { shell } = await aShop(t, [{ messageId: 'm1', state: 'dead', reason: aReason() }])

  const sync = await shell.run('retry --sync shop-to-pixl')
  const code = await shell.run('retry --code tiktok.refusd')

  assert.deepEqual([sync.code, code.code], [2, 2])
  assert.equal(sync.err, 'Cannot retry: no dead letter has the sync "shop-to-pixl"; did you mean "shop-to-pixel"?')
  assert.match(code.err, /did you mean "tiktok\.refused"\?/)
})

test('nothing dead is nothing to do', async (t) => {
  const { shell } = await aShop(t, [{ messageId: 'm1', state: 'delivered' }])

  assert.deepEqual(await shell.run('retry'), { code: 0, out: '', err: 'There is no such dead letter' })
})

test('what TikTok may have taken two days ago goes again only with a yes', async (t) => {
  const old = {
    state: 'dead',
    reason: aReason('delivery.unknown'),
    firstAttemptAt: NOW - 49 * HOUR,
    unknown: true,
  } as const
  const { shell, store } = await aShop(t, [{ messageId: 'm1', ...old }])

  const unasked = await shell.run('retry')
  const refused = await shell.run('retry', { confirm: async () => false })
  const queuedBefore = await inLine(store)
  const agreed = await shell.run('retry --yes')

  assert.deepEqual([unasked.code, refused.code, agreed.code], [2, 1, 0])
  assert.equal(
    unasked.err,
    'Cannot send 1 event that TikTok may have taken more than 48 hours ago unasked; add --yes. Nothing was changed',
  )
  assert.deepEqual(queuedBefore, [])
  assert.deepEqual(await inLine(store), [1])
})

const OF_A_DAY: readonly Decided[] = [
  { messageId: 'm1', receivedAt: NOW - 50 * HOUR, state: 'delivered', firstAttemptAt: NOW - 50 * HOUR },
  { messageId: 'm2', receivedAt: NOW - 4 * HOUR, state: 'delivered', firstAttemptAt: NOW - 4 * HOUR },
  { messageId: 'm3', receivedAt: NOW - 3 * HOUR, state: 'filtered' },
  { messageId: 'm4', receivedAt: NOW - 2 * HOUR, state: 'dead', reason: aReason() },
  { messageId: 'm5', receivedAt: NOW - HOUR, state: 'suppressed' },
  { messageId: 'm6', receivedAt: NOW - HOUR, state: null },
]

test('a replay takes what was delivered, filtered or dead in a span of time, and nothing else', async (t) => {
  const { shell, store } = await aShop(t, OF_A_DAY)

  const preview = await shell.run('replay --from 4h --preview')
  const before = await inLine(store)
  const done = await shell.run('replay --from 2026-11-21T08:00:00Z --to 2026-11-21T10:00:00Z --json')

  assert.deepEqual([preview.code, preview.err], [0, '3 events would be sent again'])
  assert.deepEqual(before, [])
  assert.deepEqual(JSON.parse(done.out), { events: 2, duplicates: 0, unknown: 0, queued: 2 })
  assert.deepEqual(await inLine(store), [2, 3])
})

test('what was delivered more than 48 hours ago is counted as a duplicate and goes again only with a yes', async (t) => {
  const { shell, store } = await aShop(t, OF_A_DAY)

  const preview = await shell.run('replay --from 3d --preview')
  const unasked = await shell.run('replay --from 3d')
  const agreed = await shell.run('replay --from 3d --yes --sync shop-to-pixel')

  assert.equal(preview.err, '4 events would be sent again; TikTok would count 1 twice, and perhaps 0 more')
  assert.equal(unasked.code, 2)
  assert.match(unasked.err, /^Cannot repeat 1 of what was sent more than 48 hours ago unasked; add --yes/)
  assert.deepEqual([agreed.code, agreed.err], [0, '4 events in line again'])
  assert.deepEqual(await inLine(store), [1, 2, 3, 4])
})

test('the books stay true through a replay', async (t) => {
  const { shell } = await aShop(t, OF_A_DAY)

  await shell.run('replay --from 4h')
  const { total } = JSON.parse((await shell.run('books --json')).out)
  const checks = JSON.parse((await shell.run('doctor --offline --json')).out).checks

  assert.deepEqual(total, { accepted: 6, duplicate: 0, filtered: 0, suppressed: 1, delivered: 1, dead: 0, pending: 4 })
  assert.deepEqual(
    checks.find(({ name }: { name: string }) => name === 'Books of shop-to-pixel'),
    { name: 'Books of shop-to-pixel', verdict: 'ok', detail: '4 pending, 1 unread and 3 waiting for a try' },
  )
})

test('times that make no sense are refused', async (t) => {
  const { shell } = await aShop(t, [])

  const results = [
    await shell.run('replay --from yesterday'),
    await shell.run('replay --from 1h --to 2h'),
    await shell.run('replay'),
    await shell.run('replay --from 1h --sync nobody'),
  ]

  assert.deepEqual(
    results.map(({ code, err }) => [code, err.split('\n')[0]]),
    [
      [2, 'Cannot read the time "yesterday": write 2026-11-20T08:00Z, or how long ago, such as 6h'],
      [2, 'Cannot replay: --from is not before --to'],
      [2, "error: required option '--from <time>' not specified"],
      [2, 'Cannot replay: there is no sync "nobody"'],
    ],
  )
})

test('the books of every source and sync come as a table', async (t) => {
  const { shell } = await aShop(t, OF_A_DAY)

  const { code, out } = await shell.run('books')

  assert.equal(code, 0)
  assert.deepEqual(
    out.split('\n').map((line) => line.trim().split(/ +/)),
    [
      ['accepted', 'duplicate', 'filtered', 'suppressed', 'delivered', 'dead', 'pending', 'rejected'],
      ['event_source/shop', '6', '0', '1', '1', '2', '1', '1', '0'],
      ['sync/shop-to-pixel', '6', '0', '1', '1', '2', '1', '1'],
      ['total', '6', '0', '1', '1', '2', '1', '1', '0'],
    ],
  )
})
