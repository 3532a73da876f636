import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { startSimulator } from '../simulator/server.ts'
import { accountAt, anOrder, aShell, NOW, shopFiles, type TestShell } from './testing.ts'

interface Local {
  readonly url: string
  order(fault: object): Promise<unknown>
  /** What TikTok counts, or with a verdict of the simulator's, what it holds beside that. */
  events(query?: string): Promise<{ event: string; event_id: string; test_event_code: string | null }[]>
}

async function aTikTok(test: TestContext): Promise<Local> {
  const { url, close } = await startSimulator({ port: 0, now: () => NOW })
  test.after(close)
  return {
    url,
    order: (fault) => fetch(`${url}/__simulator/faults`, { method: 'POST', body: JSON.stringify(fault) }),
    async events(query = '') {
      const answer = (await (await fetch(`${url}/__simulator/events${query}`)).json()) as { events: never[] }
      return answer.events
    },
  }
}

async function aShop(test: TestContext, { url }: Local, event: unknown = anOrder()): Promise<TestShell> {
  const files = shopFiles({ account: accountAt(url) })
  const shell = aShell(test, { 'backbeat.yaml': files, 'event.json': JSON.stringify(event) })
  await shell.run('apply')
  return shell
}

test("sending prints TikTok's own verdict and leaves a line in the audit log", async (t) => {
  const tiktok = await aTikTok(t)
  const shell = await aShop(t, tiktok)

  const { code, out } = await shell.run('send event.json')

  assert.equal(code, 0)
  assert.match(out, /^✓ delivered {2}shop-to-pixel {2}Purchase {2}TikTok answered 0 "OK", request_id \w+$/)
  assert.deepEqual(
    (await tiktok.events()).map(({ event, event_id }) => [event, event_id]),
    [['Purchase', 'm1']],
  )
  const [entry] = await (await shell.store()).audit.list({ limit: 1 })
  assert.deepEqual([entry!.what, entry!.subject, entry!.detail], ['event.send', 'sync/shop-to-pixel', '1 events'])
})

test('with a test code the events go under Test Events', async (t) => {
  const tiktok = await aTikTok(t)
  const shell = await aShop(t, tiktok)

  const { code } = await shell.run('send event.json --test-code TEST1')
  const wrong = await shell.run('send event.json --test-code no/code')

  assert.equal(code, 0)
  assert.equal(wrong.code, 2)
  assert.deepEqual(await tiktok.events(), [])
  assert.deepEqual(
    (await tiktok.events('?verdict=test')).map(({ event_id, test_event_code }) => [event_id, test_event_code]),
    [['m1', 'TEST1']],
  )
})

test('many events travel in one request, and a bad one does not sink the others', async (t) => {
  const tiktok = await aTikTok(t)
  const events = [
    anOrder(),
    anOrder({ messageId: 'm2', properties: { total: 1, currency: 'XYZ' } }),
    anOrder({ messageId: 'm3', event: 'Other' }),
    anOrder({ messageId: 'm4', userId: undefined }),
    anOrder({ messageId: 'm5' }),
  ]
  const shell = await aShop(t, tiktok, events)

  const { code, out } = await shell.run('send event.json --json')

  const { sent } = JSON.parse(out)
  assert.equal(code, 1)
  assert.deepEqual(
    sent.map((one: { messageId: string; verdict: string }) => [one.messageId, one.verdict]),
    [
      ['m1', 'delivered'],
      ['m2', 'invalid'],
      ['m3', 'filtered'],
      [null, 'invalid'],
      ['m5', 'delivered'],
    ],
  )
  assert.equal(sent[0].receipt.items, 2)
})

test('an event TikTok refuses makes 1, a refused account 4, a TikTok out of reach 5', async (t) => {
  const tiktok = await aTikTok(t)
  const shell = await aShop(t, tiktok)
  const sendWith = async (fault: object) => {
    await tiktok.order({ times: 1, ...fault })
    const { code, out, err } = await shell.run('send event.json --json')
    return { code, err, verdict: JSON.parse(out).sent[0].verdict }
  }

  assert.deepEqual(await sendWith({ fault: 'code', code: 40002, message: 'event is wrong' }), {
    code: 1,
    err: 'Not every event was taken; "backbeat explain" shows the whole way of one',
    verdict: 'rejected',
  })
  assert.deepEqual(await sendWith({ fault: 'revoked' }), {
    code: 4,
    err: 'TikTok refuses the account: give it a good token, or access to the pixel',
    verdict: 'postponed',
  })
  assert.equal((await sendWith({ fault: 'no_permission' })).code, 4)
  assert.equal((await sendWith({ fault: 'throttle' })).code, 5)
  assert.equal((await sendWith({ fault: 'cut_before' })).code, 5)
})

test('the token is in no output, whatever TikTok says', async (t) => {
  const tiktok = await aTikTok(t)
  const shell = await aShop(t, tiktok)
  await tiktok.order({ fault: 'code', code: 40105, message: 'Bad token simulator-token' })

  const ran = [await shell.run('send event.json'), await shell.run('send event.json --json')]

  assert.doesNotMatch(JSON.stringify(ran), /simulator-token/)
})

test('an event that could come from several sources is sent nowhere until a sync is named', async (t) => {
  const tiktok = await aTikTok(t)
  const shell = await aShop(t, tiktok)
  const [, source, , sync] = shopFiles().split('---\n')
  const other = `${source!.replace(/shop/g, 'app')}---\n${sync!.replace('name: shop-to', 'name: app-to').replace('event_source: shop', 'event_source: app')}`
  shell.write('other.yaml', other)
  await shell.run('apply other.yaml')

  const unclear = await shell.run('send event.json')
  const clear = await shell.run('send event.json --sync app-to-pixel')

  assert.deepEqual([unclear.code, clear.code], [2, 0])
  assert.equal(
    unclear.err,
    'Cannot tell which source the event comes from; add --sync with one of app-to-pixel, shop-to-pixel',
  )
  assert.equal((await tiktok.events()).length, 1)
})

test('a sync that is switched off sends nothing unless it is named', async (t) => {
  const tiktok = await aTikTok(t)
  const shell = await aShop(t, tiktok)
  shell.write('backbeat.yaml', shell.read('backbeat.yaml').replace('  from: {', '  enabled: false\n  from: {'))
  await shell.run('apply')

  assert.equal((await shell.run('send event.json')).code, 1)
  assert.equal((await tiktok.events()).length, 0)
  assert.equal((await shell.run('send event.json --sync shop-to-pixel')).code, 0)
})
