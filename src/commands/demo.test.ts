import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { PLANTED } from '../demo/faults.ts'
import { rememberWeek } from '../demo/sent_week.ts'
import { type Demo, demoConfig, startDemo } from './demo.ts'
import { CommandError } from './outlet.ts'

const FREE_PORTS = { BACKBEAT_PORT: '0', BACKBEAT_SIMULATOR_PORT: '0', BACKBEAT_SHOP_PORT: '0' }

function aFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'backbeat-demo-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

async function aDemo(t: TestContext, folder: string): Promise<Demo> {
  const demo = await startDemo(demoConfig({ ...FREE_PORTS, BACKBEAT_DATA: folder }), 1)
  t.after(() => demo.close())
  return demo
}

// biome-ignore lint/suspicious/noExplicitAny: answers differ by path, and each test asserts their shape
const read = async (url: string): Promise<any> => (await fetch(url)).json()

/** Of each code, how many. */
function tally(found: readonly { readonly code: string; readonly count: number }[]): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const { code, count } of found) sums[code] = (sums[code] ?? 0) + count
  return sums
}

test('the sample week is delivered to the local TikTok, and the books say why the rest is not', async (t) => {
  const demo = await aDemo(t, aFolder(t))

  await demo.sendWeek()

  const { total } = await read(`${demo.consoleUrl}/api/v1/summary`)
  const { groups } = await read(`${demo.consoleUrl}/api/v1/dead-letters`)
  const { rejects } = await read(`${demo.consoleUrl}/api/v1/rejects?limit=200`)
  const { totals } = await read(`${demo.simulatorUrl}/__simulator/events?limit=0`)
  const { accepted, duplicate, filtered, suppressed, delivered, dead, pending } = total
  assert.equal(accepted, duplicate + filtered + suppressed + delivered + dead + pending)
  assert.equal(pending, 0)
  assert.equal(duplicate, PLANTED.duplicate)
  assert.deepEqual(tally(groups), PLANTED.dead)
  assert.deepEqual(
    tally(rejects.map(({ reason }: { reason: { code: string } }) => ({ code: reason.code, count: 1 }))),
    PLANTED.rejected,
  )
  assert.equal(totals.counted, delivered)
  assert.equal(totals.received, delivered)
  assert.ok(filtered > 0)
})

test('a later start sends no week that is there, and follows a port that moved', async (t) => {
  const folder = aFolder(t)
  const first = await startDemo(demoConfig({ ...FREE_PORTS, BACKBEAT_DATA: folder }), 1)
  await first.close()
  rememberWeek(first.folder, { seed: 1, endsAt: Date.now() }, true)

  const second = await aDemo(t, folder)
  await second.sendWeek()

  const { spec } = await read(`${second.consoleUrl}/api/v1/resources/account/demo`)
  assert.equal(second.isWeekDue, false)
  assert.equal((await second.books()).total.accepted, 0)
  assert.equal(spec.api_url, `${second.simulatorUrl}/open_api/v1.3`)
})

test('the page of the shop loads analytics.js from the server and tells what became of an event', async (t) => {
  const demo = await aDemo(t, aFolder(t))

  const page = await (await fetch(`${demo.shopUrl}/products/ob-lp-001`)).text()
  const script = await fetch(`${demo.consoleUrl}/analytics.js/v1/${demo.writeKey}/analytics.min.js`)
  const event = { messageId: 'm-1', userId: 'me', event: 'Cart Viewed', properties: {} }
  const authorization = `Basic ${btoa(`${demo.writeKey}:`)}`
  await fetch(`${demo.consoleUrl}/v1/track`, {
    method: 'POST',
    headers: { authorization },
    body: JSON.stringify(event),
  })
  const [row] = await read(`${demo.shopUrl}/became?id=m-1`)

  assert.ok(page.includes(`'${demo.consoleUrl}', '${demo.writeKey}'`))
  assert.equal(script.status, 200)
  assert.equal(row.messageId, 'm-1')
  assert.equal(row.name, 'Cart Viewed')
})

test('no sample event leaves when the account was pointed at TikTok itself', async (t) => {
  const folder = aFolder(t)
  const first = await startDemo(demoConfig({ ...FREE_PORTS, BACKBEAT_DATA: folder }), 1)
  const spec = { access_token: 'a-real-one', api_url: 'https://business-api.tiktok.com/open_api/v1.3' }
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify({ spec })
  await fetch(`${first.consoleUrl}/api/v1/resources/account/demo`, { method: 'PUT', headers, body })
  await first.close()

  const second = await aDemo(t, folder)
  await second.sendWeek()

  const { spec: kept } = await read(`${second.consoleUrl}/api/v1/resources/account/demo`)
  assert.equal(second.isWeekDue, false)
  assert.equal((await second.books()).total.accepted, 0)
  assert.equal(kept.api_url, spec.api_url)
})

for (const setting of ['BACKBEAT_PORT', 'BACKBEAT_SIMULATOR_PORT', 'BACKBEAT_SHOP_PORT']) {
  test(`a taken port is named with its setting, ${setting}`, async (t) => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    t.after(() => other.close())
    const { port } = other.address() as AddressInfo
    const config = demoConfig({ ...FREE_PORTS, BACKBEAT_DATA: aFolder(t), [setting]: String(port) })

    const starting = startDemo(config, 1)

    await assert.rejects(starting, (error) => {
      assert.ok(error instanceof CommandError)
      assert.equal(error.exitCode, 2)
      assert.match(error.message, new RegExp(`port ${port} is taken.*set ${setting} to a free port`))
      return true
    })
  })
}

test('the demo keeps its data apart from that of a server, and never in a shared database', () => {
  const config = demoConfig({ BACKBEAT_DATA: '/somewhere', BACKBEAT_DATABASE_URL: 'postgres://shared' })

  assert.equal(config.BACKBEAT_DATA, '/somewhere/demo')
  assert.equal(config.BACKBEAT_DATABASE_URL, null)
})
