import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { assertGolden } from '../../test/golden.ts'
import { anOrder, aShell, shopFiles } from './testing.ts'

const GOLDEN = join(import.meta.dirname, 'golden', 'explain')

for (const name of readdirSync(GOLDEN).filter((file) => file.endsWith('.in.json'))) {
  test(`explaining ${name} gives what its golden file says`, async (t) => {
    const shell = aShell(t, { 'event.json': readFileSync(join(GOLDEN, name), 'utf8'), 'shop.yaml': shopFiles() })

    const { code, out } = await shell.run('explain event.json --files shop.yaml --json', { environment: {} })

    assertGolden(join(GOLDEN, name.replace('.in.', '.out.')), { code, out: JSON.parse(out) })
  })
}

test('an explanation for people shows rules, what they found, the mapped fields, what was done to them and the request', async (t) => {
  const shell = aShell(t, { 'event.json': JSON.stringify(anOrder()), 'shop.yaml': shopFiles() })

  const { code, out } = await shell.run('explain event.json --files shop.yaml')

  assert.equal(code, 0)
  assert.match(out, /^Order Completed from shop\n\n {2}shop-to-pixel → shop-pixel\n/)
  assert.match(
    out,
    /✓ Purchase {2}event = "Order Completed"\n +✓ event = "Order Completed" {2}found "Order Completed"\n/,
  )
  assert.match(out, /✗ Sign up .*\n +✗ event = "Signed Up" {2}found "Order Completed"\n/)
  assert.match(out, /would send {2}Purchase\n/)
  assert.match(out, /mapped\n(.*\n)* +email +" Ann@Example\.com "\n/)
  assert.match(out, /normalised\n(.*\n)* +currency +usd +→ +USD +upper-cased/)
  assert.match(out, /POST http:\/\/127\.0\.0\.1:1\/open_api\/v1\.3\/event\/track\/\n +\{\n +"event_source": "web",/)
})

test('a negated condition counts as it stands: what is not there does not keep an event back', async (t) => {
  const event = anOrder({ event: 'Signed Up', properties: {} })
  const shell = aShell(t, { 'event.json': JSON.stringify(event), 'shop.yaml': shopFiles() })

  const { out } = await shell.run('explain event.json --files shop.yaml')

  assert.match(out, /✓ !\(properties\.internal = true\) {2}found nothing\n/)
})

test('what was stored is explained as well, and nobody is called', async (t) => {
  const shell = aShell(t, { 'backbeat.yaml': shopFiles(), 'event.json': JSON.stringify(anOrder()) })
  await shell.run('apply')

  const stored = await shell.run('explain event.json --json', { fetch: () => assert.fail('called somebody') })
  const fromFiles = await shell.run('explain event.json --files backbeat.yaml --json')

  assert.equal(stored.code, 0)
  assert.deepEqual(JSON.parse(stored.out), JSON.parse(fromFiles.out))
})

test('the request is the one the server would make', async (t) => {
  const shell = aShell(t, { 'shop.yaml': shopFiles(), 'event.json': JSON.stringify(anOrder()) })

  const { out } = await shell.run('explain event.json --files shop.yaml --json')

  const [delivery] = JSON.parse(out).deliveries
  assert.equal(delivery.request.body.event_source_id, 'CSIMULATOR0000000001')
  assert.equal(delivery.request.body.data[0].event, 'Purchase')
  assert.doesNotMatch(out.slice(out.indexOf('"deliveries"')), /Ann@|simulator-token/)
})

test('several events come as one object, or as one a line, however they are given', async (t) => {
  const [first, second] = [anOrder(), anOrder({ messageId: 'm2', event: 'Other' })]
  const lines = `${JSON.stringify(first)}\n\n${JSON.stringify(second)}\n`
  const shell = aShell(t, {
    'shop.yaml': shopFiles(),
    'array.json': JSON.stringify([first, second]),
    'events.jsonl': lines,
  })

  const object = await shell.run('explain array.json --files shop.yaml --json')
  const fromLines = await shell.run('explain events.jsonl --files shop.yaml --json')
  const asLines = await shell.run('explain - --files shop.yaml --jsonl', { input: lines })

  const { events } = JSON.parse(object.out)
  assert.deepEqual(
    events.map(({ deliveries }: { deliveries: { verdict: string }[] }) => deliveries.map(({ verdict }) => verdict)),
    [['would_send'], ['filtered']],
  )
  assert.deepEqual(JSON.parse(fromLines.out).events, events)
  assert.deepEqual(
    asLines.out.split('\n').map((line) => JSON.parse(line)),
    events,
  )
})

test('a write key says which source an event comes from, and so which syncs it goes through', async (t) => {
  const shell = aShell(t, {
    'shop.yaml': twoSources(),
    'mine.json': JSON.stringify(anOrder({ writeKey: 'app-write-key' })),
    'anyones.json': JSON.stringify(anOrder()),
  })

  const mine = JSON.parse((await shell.run('explain mine.json --files shop.yaml --json')).out)
  const anyones = JSON.parse((await shell.run('explain anyones.json --files shop.yaml --json')).out)
  const chosen = JSON.parse((await shell.run('explain mine.json --files shop.yaml --sync shop-to-pixel --json')).out)

  const syncs = ({ deliveries }: { deliveries: { sync: string }[] }) => deliveries.map(({ sync }) => sync)
  assert.deepEqual([mine.source, syncs(mine)], ['app', ['app-to-pixel']])
  assert.deepEqual([anyones.source, syncs(anyones)], [null, ['app-to-pixel', 'shop-to-pixel']])
  assert.deepEqual([chosen.source, syncs(chosen)], ['shop', ['shop-to-pixel']])
  assert.ok(!('writeKey' in mine.event))
})

function twoSources(): string {
  const [, source, , sync] = shopFiles().split('---\n')
  const other = [
    source!.replace(/shop/g, 'app'),
    sync!.replace('shop-to-pixel', 'app-to-pixel').replace('event_source: shop', 'event_source: app'),
  ]
  return [shopFiles(), ...other].join('---\n')
}

test('of a sync that is switched off, what would be sent is said to wait', async (t) => {
  const text = shopFiles().replace('  from: {', '  enabled: false\n  from: {')
  const shell = aShell(t, { 'shop.yaml': text, 'event.json': JSON.stringify(anOrder()) })

  const { out } = await shell.run('explain event.json --files shop.yaml --json')

  const [{ verdict, reason }] = JSON.parse(out).deliveries
  assert.equal(verdict, 'would_send')
  assert.equal(reason.code, 'delivery.sync_off')
})

test('an event that is too large for the door is invalid, with the door’s reason', async (t) => {
  const event = anOrder({ properties: { note: 'x'.repeat(40_000) } })
  const shell = aShell(t, { 'shop.yaml': shopFiles(), 'event.json': JSON.stringify(event) })

  const { code, out, err } = await shell.run('explain event.json --files shop.yaml --json')

  const [delivery] = JSON.parse(out).deliveries
  assert.equal(code, 1)
  assert.deepEqual(
    [delivery.verdict, delivery.reason.code, delivery.request],
    ['invalid', 'ingest.event_too_large', null],
  )
  assert.equal(err, '1 of 1 event cannot be sent as it is')
})

test('what is not JSON is refused with its place, and without quoting it', async (t) => {
  const broken = '{\n  "email": "ann@example.com",\n  "type": track\n}' // "tr" might become "true"
  const lines = `${JSON.stringify(anOrder())}\n{"email":"ann@example.com"\n`
  const shell = aShell(t, { 'shop.yaml': shopFiles(), 'broken.json': broken, 'lines.jsonl': lines, 'empty.json': '' })
  const explain = (path: string) => shell.run(`explain ${path} --files shop.yaml`)

  const results = [await explain('broken.json'), await explain('lines.jsonl'), await explain('empty.json')]

  assert.deepEqual(
    results.map(({ code, err }) => [code, err]),
    [
      [2, 'broken.json:3:13: Cannot read the event: it is not JSON here'],
      [2, 'lines.jsonl:2:27: Cannot read the event: it is not JSON here'],
      [2, 'empty.json:1:1: Cannot read the event: it is not JSON here'],
    ],
  )
  assert.equal((await explain('nowhere.json')).err, 'Cannot read nowhere.json: it does not exist')
})

test('a sync that does not exist is refused with the nearest name', async (t) => {
  const shell = aShell(t, { 'shop.yaml': shopFiles(), 'event.json': JSON.stringify(anOrder()) })

  const { code, err } = await shell.run('explain event.json --files shop.yaml --sync shop-to-pixl')

  assert.equal(code, 2)
  assert.equal(err, 'Cannot find the sync "shop-to-pixl"; did you mean "shop-to-pixel"?; there are shop-to-pixel')
})

test('files that are wrong are refused before any event is looked at', async (t) => {
  const shell = aShell(t, { 'shop.yaml': shopFiles().replace('type: segment', 'type: sgment'), 'event.json': '{}' })

  const { code, out, err } = await shell.run('explain event.json --files shop.yaml --json')

  assert.equal(code, 2)
  assert.equal(JSON.parse(out).problems.length, 1)
  assert.match(err, /^shop\.yaml:\d+:15: event_source\/shop: spec\.type:/)
})
