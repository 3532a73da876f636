import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import type { Summary } from '../src/server/contract.ts'
import { startSimulator } from '../src/simulator/server.ts'
import { freePort } from './free_port.ts'
import { tempFolder } from './temp_folder.ts'

const MAIN = join(import.meta.dirname, '../src/main.ts')
const TOKEN = 'canary-token-5f1e'
const WRITE_KEY = 'canary-write-key'
const EMAIL = 'canary.person@canary-mail.example'
const PHONE = '+12133734253'
const LAST_NAME = 'Canarywhistle'

const LOOKS = [
  '/summary',
  '/home',
  '/resources',
  '/resources/account/main',
  '/events',
  '/events/1',
  '/events/2',
  '/dead-letters',
  '/rejects',
  '/audit',
]

test('a token and what identifies a person stay where they were put', async (t) => {
  const simulator = await startSimulator({ port: 0, world: { tokens: { [TOKEN]: ACCESS } } })
  t.after(() => simulator.close())
  const folder = tempFolder(t)
  const port = await freePort()
  const env = { ...process.env, BACKBEAT_DATA: folder, BACKBEAT_PORT: String(port), BACKBEAT_LOG: 'debug' }
  const server = spawn(process.execPath, [MAIN, 'serve'], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  t.after(() => server.kill('SIGKILL'))
  const printed: string[] = []
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (chunk) => printed.push(String(chunk)))
  const base = `http://127.0.0.1:${port}`
  await untilAnswers(`${base}/healthz`)

  await configure(base, simulator.url)
  await sendPeople(base)
  await untilSettled(base)
  await fetch(`${simulator.url}/__simulator/faults`, json({ fault: 'revoked' }))
  await sendPeople(base)
  await untilPaused(base)
  const answers = await Promise.all([...LOOKS.map((path) => `${base}/api/v1${path}`), `${base}/metrics`].map(read))
  server.kill('SIGTERM')
  await new Promise((resolve) => server.once('exit', resolve))

  const state = filesOf(folder, /^(state|server)/)
  const everything = filesOf(folder, /./)
  const all = { printed: printed.join(''), answers: answers.join('\n') }
  for (const [place, text] of Object.entries(all)) {
    for (const secret of [TOKEN, EMAIL, PHONE, LAST_NAME]) assert.ok(!text.includes(secret), `${secret} is in ${place}`)
  }
  for (const person of [EMAIL, PHONE, LAST_NAME]) assert.ok(!state.includes(person), `${person} is in the state`)
  assert.ok(!everything.includes(TOKEN), 'the token is on the disk')
  assert.ok(everything.includes(EMAIL), 'the queue holds what senders sent, or this test proves nothing')
  assert.match(all.printed, /Paused until a person acts/)
})

const ACCESS = { state: 'active', advertisers: ['7000000000000000001'], event_sources: ['CSIMULATOR0000000001'] }

async function configure(base: string, simulatorUrl: string): Promise<void> {
  const put = async (identity: string, spec: object) => {
    const response = await fetch(`${base}/api/v1/resources/${identity}`, json({ spec }, 'PUT'))
    assert.equal(response.status, 200, await response.text())
  }
  await put('account/main', { access_token: TOKEN, api_url: `${simulatorUrl}/open_api/v1.3` })
  await put('event_source/shop', { type: 'segment', write_key: WRITE_KEY })
  await put('destination/pixel', { type: 'web_events', account: 'main', pixel_code: 'CSIMULATOR0000000001' })
  await put('sync/shop-to-pixel', {
    from: { event_source: 'shop' },
    to: { destination: 'pixel' },
    mappings: [{ name: 'Order Completed', preset: 'order_completed' }],
  })
}

async function sendPeople(base: string): Promise<void> {
  const person = { email: EMAIL, phone: PHONE, last_name: LAST_NAME }
  const order = (currency: string) => ({
    type: 'track',
    event: 'Order Completed',
    userId: 'u-1',
    context: { traits: person },
    properties: { ...person, revenue: 1, currency },
  })
  const nameless = { type: 'track', event: '', userId: 'u-1', traits: person }
  const batch = [order('USD'), order('NOPE'), nameless]
  const response = await fetch(`${base}/v1/batch`, json({ writeKey: WRITE_KEY, batch }))
  assert.equal(response.status, 200)
}

async function untilSettled(base: string): Promise<void> {
  for (;;) {
    const { total } = (await (await fetch(`${base}/api/v1/summary`)).json()) as Summary
    if (total.accepted > 0 && total.pending === 0) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

async function untilPaused(base: string): Promise<void> {
  while (!(await read(`${base}/api/v1/home`)).includes('account_paused')) {
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

async function untilAnswers(url: string): Promise<void> {
  while (
    !(await fetch(url).then(
      (response) => response.ok,
      () => false,
    ))
  ) {
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

const read = async (url: string): Promise<string> => (await fetch(url)).text()

const json = (body: object, method = 'POST'): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

function filesOf(folder: string, name: RegExp): string {
  const files = readdirSync(folder).filter((file) => name.test(file))
  return files.map((file) => readFileSync(join(folder, file), 'latin1')).join('\n')
}
