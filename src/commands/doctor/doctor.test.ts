import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { sql } from 'kysely'
import { startSimulator } from '../../simulator/server.ts'
import { accountAt, aReason, aShell, decide, NOW, type Ran, shopFiles, type TestShell } from '../testing.ts'
import type { Check } from './check.ts'
import { checkNode } from './settings.ts'
import { checkQueueSize, checkSpace } from './storage.ts'

async function aShop(test: TestContext): Promise<TestShell & { readonly url: string }> {
  const { url, close } = await startSimulator({ port: 0, now: () => NOW })
  test.after(close)
  const shell = aShell(test, { 'backbeat.yaml': shopFiles({ account: accountAt(url) }) })
  await shell.run('apply')
  return { ...shell, url }
}

const checksOf = ({ out }: Ran): readonly Check[] => JSON.parse(out).checks

const failing = (ran: Ran): readonly string[] =>
  checksOf(ran)
    .filter(({ verdict }) => verdict === 'failed')
    .map(({ name }) => name)

test('a store that is well passes every check, beside work that goes on', async (t) => {
  const shell = await aShop(t)
  await decide(await shell.store(), [
    { messageId: 'm1', state: 'delivered' },
    { messageId: 'm2', state: 'retry', reason: aReason() },
    { messageId: 'm3', state: null },
  ])

  const ran = await shell.run('doctor --json')

  assert.equal(ran.code, 0)
  const { ok, checks } = JSON.parse(ran.out)
  assert.equal(ok, true)
  assert.deepEqual(
    checks.map(({ name }: Check) => name),
    [
      'Settings',
      'Node',
      'Data directory',
      'Free space',
      'Durability',
      'Durability',
      'Queue',
      'Database',
      'Clock',
      'Books of shop-to-pixel',
      'Audit log',
      'Pauses',
      'account/main',
    ],
  )
  assert.match(
    checks.at(-1).detail,
    /answered in \d+ ms; TikTok knows it; Simulator user signed in; The advertiser has CSIMULATOR0000000001$/,
  )
})

test('every failure says what to do about it, to people too', async (t) => {
  const shell = await aShop(t)
  const store = await shell.store()
  await store.pauses.pause({ subject: 'account/main', since: NOW, code: 'tiktok.token_invalid', message: 'Expired' })

  const json = await shell.run('doctor --offline --json')
  const people = await shell.run('doctor --offline')

  assert.equal(json.code, 1)
  assert.equal(json.err, '1 check failed')
  assert.deepEqual(failing(json), ['account/main'])
  assert.ok(checksOf(json).every(({ verdict, remedy }) => (verdict === 'failed') === (remedy !== undefined)))
  assert.match(people.out, /✗ {2}account\/main +paused: Expired\n +→ Correct it by/)
})

test('a token that TikTok does not know fails, and --offline calls nobody', async (t) => {
  const shell = await aShop(t)
  await shell.run('apply', { environment: { TIKTOK_ACCESS_TOKEN: 'expired-token' } })

  const online = await shell.run('doctor --json')
  const offline = await shell.run('doctor --offline --json', { fetch: () => assert.fail('called somebody') })

  assert.deepEqual([online.code, failing(online)], [1, ['account/main']])
  assert.match(checksOf(online).at(-1)!.detail, /40105/)
  assert.equal(offline.code, 0)
  assert.equal(checksOf(offline).at(-1)!.verdict, 'skipped')
  assert.doesNotMatch(online.out, /expired-token/)
})

test('a TikTok out of reach fails', async (t) => {
  const gone = await startSimulator({ port: 0 })
  await gone.close()
  const shell = aShell(t, { 'backbeat.yaml': shopFiles({ account: accountAt(gone.url) }) })
  await shell.run('apply')

  const ran = await shell.run('doctor --json')

  assert.deepEqual(failing(ran), ['account/main'])
  assert.match(checksOf(ran).at(-1)!.detail, /no connection/)
})

test('books that do not add up are found', async (t) => {
  const shell = await aShop(t)
  const store = await shell.store()
  await decide(store, [{ messageId: 'm1', state: 'delivered' }])
  await store.state.db.updateTable('books').set({ delivered: 0 }).where('scope', '=', 'sync').execute()

  const ran = await shell.run('doctor --offline --json')

  assert.deepEqual(failing(ran), ['Books of shop-to-pixel'])
  assert.match(ran.out, /1 pending, 0 unread and 0 waiting for a try/)
})

test('a line of the audit log that was changed is found', async (t) => {
  const shell = await aShop(t)
  const { state } = await shell.store()
  await sql`update audit set detail = 'revision 9' where id = 2`.execute(state.db)

  const ran = await shell.run('doctor --offline --json')

  assert.deepEqual(failing(ran), ['Audit log'])
  assert.match(ran.out, /line 2 does not follow/)
})

test('a part of the state that cannot be read fails, and the other checks go on', async (t) => {
  const shell = await aShop(t)
  const { state } = await shell.store()
  await sql`alter table pauses rename to elsewhere`.execute(state.db)

  const ran = await shell.run('doctor --offline --json')

  assert.deepEqual(failing(ran), ['Pauses'])
  assert.equal(checksOf(ran).at(-1)!.name, 'account/main')
})

test('a clock that has gone back is found', async (t) => {
  const shell = await aShop(t)

  assert.deepEqual(failing(await shell.run('doctor --offline --json', { now: NOW - 3_600_000 })), ['Clock'])
  assert.deepEqual(failing(await shell.run('doctor --offline --json', { now: 0 })), ['Clock'])
})

test('a key that is not the one the secrets were written with is found', async (t) => {
  const shell = await aShop(t)
  const BACKBEAT_KEY = Buffer.from(Array.from({ length: 32 }, (_, i) => i)).toString('base64')

  const ran = await shell.run('doctor --offline --json', { environment: { BACKBEAT_KEY } })

  assert.deepEqual(failing(ran), ['Database'])
  assert.match(ran.out, /written with another key/)
})

test('a database that cannot be reached is found', async (t) => {
  const shell = await aShop(t)
  const environment = { BACKBEAT_DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' }

  const ran = await shell.run('doctor --offline --json', { environment })

  assert.deepEqual(failing(ran), ['Database'])
  assert.match(ran.out, /PostgreSQL/)
})

test('settings show where they come from, and secrets never', async (t) => {
  const shell = aShell(t)
  const environment = { BACKBEAT_PORT: '9000', BACKBEAT_PASSWORD: 'a-canary-password' }

  const ran = await shell.run('doctor --json', { environment })

  const setting = (name: string) => JSON.parse(ran.out).settings.find((one: { name: string }) => one.name === name)
  assert.deepEqual(setting('BACKBEAT_PORT'), { name: 'BACKBEAT_PORT', value: '9000', from: 'environment' })
  assert.deepEqual(setting('BACKBEAT_PASSWORD'), { name: 'BACKBEAT_PASSWORD', value: '(secret)', from: 'environment' })
  assert.deepEqual(setting('BACKBEAT_KEY'), { name: 'BACKBEAT_KEY', value: null, from: 'default' })
  assert.doesNotMatch(ran.out, /canary/)
})

test('before the first start there is little to look at, and nothing is made', async (t) => {
  const shell = aShell(t)

  const ran = await shell.run('doctor --json')

  assert.equal(ran.code, 0)
  assert.deepEqual(
    checksOf(ran).map(({ name, verdict }) => [name, verdict]),
    [
      ['Settings', 'ok'],
      ['Node', 'ok'],
      ['Data directory', 'skipped'],
    ],
  )
  assert.ok(!existsSync(join(shell.folder, '.backbeat')))
})

test('settings that cannot be read fail with the nearest name', async (t) => {
  const ran = await aShell(t).run('doctor --json', { environment: { BACKBEAT_PROT: '1' } })

  assert.deepEqual([ran.code, failing(ran)], [1, ['Settings']])
  assert.match(ran.out, /did you mean BACKBEAT_PORT/)
})

test('an old Node, a full disk and a full queue fail', () => {
  assert.deepEqual(
    [checkNode('v22.1.0'), checkNode('v24.0.0'), checkNode('v25.1.0')].map(({ verdict }) => verdict),
    ['failed', 'ok', 'ok'],
  )
  assert.deepEqual(
    [checkSpace('/data', 999e6), checkSpace('/data', 1e9)].map(({ verdict }) => verdict),
    ['failed', 'ok'],
  )
  assert.deepEqual(
    [checkQueueSize(90, 100), checkQueueSize(89, 100)].map(({ verdict }) => verdict),
    ['failed', 'ok'],
  )
})
