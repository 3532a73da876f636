import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { aSimulator, SHOP, type TestSimulator } from '../simulator/testing.ts'
import { aShell, type Ran, type TestShell } from './testing.ts'

const APP = { BACKBEAT_TIKTOK_APP_ID: '7000000000000000201', BACKBEAT_TIKTOK_APP_SECRET: 'simulator-secret' }

interface SignIn {
  readonly ran: Promise<Ran>
  /** Address of TikTok's consent page, once the command has printed it. */
  readonly address: URL
}

/** Begins a sign-in and waits for the address it prints. */
async function begin(t: TestContext, shell: TestShell, { url }: TestSimulator): Promise<SignIn> {
  const printed = Promise.withResolvers<URL>()
  const stop = new AbortController()
  t.after(() => stop.abort())
  const ran = shell.run(`connect main --api-url ${url}/open_api/v1.3 --port 0`, {
    environment: APP,
    clock: Date.now,
    stopped: stop.signal,
    onTalk(line) {
      const [, address] = /(http\S+\/portal\/auth\S*)/.exec(line) ?? []
      if (address) printed.resolve(new URL(address))
    },
  })
  return { ran, address: await Promise.race([printed.promise, ran.then(({ err }) => Promise.reject(new Error(err)))]) }
}

/** Confirms on the consent page, as a browser does; gives where it sends the browser. */
async function confirm(address: URL): Promise<URL> {
  const fields = new URLSearchParams([...address.searchParams, ['advertiser_id', SHOP], ['decision', 'allow']])
  const answer = await fetch(`${address.origin}/portal/auth`, { method: 'POST', body: fields, redirect: 'manual' })
  return new URL(answer.headers.get('location')!)
}

test('a sign-in from the command line keeps a token that works, and the command says so', async (t) => {
  const simulator = await aSimulator(t, { now: Date.now })
  const shell = aShell(t)
  const { ran, address } = await begin(t, shell, simulator)
  assert.match(address.searchParams.get('redirect_uri')!, /^http:\/\/127\.0\.0\.1:\d+\/oauth\/callback$/)

  const page = await fetch(await confirm(address))

  assert.equal(page.status, 200)
  assert.match(await page.text(), /you can close this page/)
  const { code, err } = await ran
  assert.equal(code, 0, err)
  assert.match(err, /account\/main is connected/)
  const store = await shell.store()
  const account = await store.resources.get('account', 'main')
  assert.deepEqual((account!.spec['access_token'] as { secret: boolean }).secret, true)
  assert.deepEqual(
    (await store.audit.list({ limit: 5 })).map(({ what }) => what).filter((what) => what === 'account.connect'),
    ['account.connect'],
  )

  const gone = await shell.run('disconnect main --json', { environment: APP, clock: Date.now })
  assert.deepEqual([gone.code, JSON.parse(gone.out).revoked], [0, true])
  assert.equal((await store.pauses.list())[0]!.subject, 'account/main')
  const wrong = await shell.run('disconnect mian')
  assert.deepEqual([wrong.code, /did you mean "main"/.test(wrong.err)], [2, true])
})

test('only the answer to the sign-in that was begun counts', async (t) => {
  const simulator = await aSimulator(t, { now: Date.now })
  const shell = aShell(t)
  const { ran, address } = await begin(t, shell, simulator)
  const back = await confirm(address)
  const forged = new URL(back)
  forged.searchParams.set('state', 'made-up')

  const refused = await fetch(forged)
  assert.equal(refused.status, 400)
  assert.equal((await fetch(new URL('/other', back))).status, 404)
  assert.equal((await fetch(back)).status, 200)

  assert.equal((await ran).code, 0)
})

test('whoever says no on the consent page is told so, and nothing is kept', async (t) => {
  const simulator = await aSimulator(t, { now: Date.now })
  const shell = aShell(t)
  const { ran, address } = await begin(t, shell, simulator)
  const back = new URL(address.searchParams.get('redirect_uri')!)
  back.search = `${new URLSearchParams({ state: address.searchParams.get('state')!, error: 'access_denied' })}`

  await fetch(back)

  const { code, err } = await ran
  assert.equal(code, 4)
  assert.match(err, /nobody confirmed on TikTok's page \(access_denied\)/)
  assert.equal(await (await shell.store()).resources.get('account', 'main'), null)
})

test('without an app there is nothing to sign in with', async (t) => {
  const { code, err } = await aShell(t).run('connect main --port 0')

  assert.equal(code, 2)
  assert.match(err, /set BACKBEAT_TIKTOK_APP_ID and BACKBEAT_TIKTOK_APP_SECRET/)
})
