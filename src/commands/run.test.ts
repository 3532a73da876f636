import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { aSimulator, SHOP, TOKEN } from '../simulator/testing.ts'
import { aShell, shopFiles, type TestShell } from './testing.ts'

const filesFor = (url: string) => ({
  'tiktok.yaml': `${shopFiles()}---
kind: account
name: demo
spec: { access_token: "\${env:TIKTOK_ACCESS_TOKEN}", api_url: ${url}/open_api/v1.3, advertiser_id: "${SHOP}" }
---
kind: warehouse
name: local
spec: { type: duckdb, path: warehouse.duckdb }
---
kind: sync
name: reports
spec:
  from: { account: demo, streams: [pixel, advertiser_report_daily] }
  to: { warehouse: local }
  schedule: null
  history_days: 3
`,
})

const CLOCK = { clock: Date.now }

/** A shell whose data directory has a sync from the local TikTok. */
async function aReadyShell(t: TestContext) {
  const simulator = await aSimulator(t, { now: Date.now })
  const shell = aShell(t, filesFor(simulator.url))
  const { code, err } = await shell.run('apply tiktok.yaml --yes')
  assert.equal(code, 0, err)
  return { shell, simulator }
}

const jsonOf = async (shell: TestShell, line: string) => JSON.parse((await shell.run(line, CLOCK)).out)

test('a dry run says what it would take, and reads nothing', async (t) => {
  const { shell } = await aReadyShell(t)

  const found = await jsonOf(shell, 'run reports --dry-run --json')
  const { out, err } = await shell.run('run reports --dry-run', CLOCK)

  const { slices, calls, minutes } = found
  assert.deepEqual({ slices, calls, minutes }, { slices: 2, calls: 2, minutes: 1 })
  assert.deepEqual(
    found.streams.map(({ stream }: { stream: string }) => stream),
    ['pixel', 'advertiser_report_daily'],
  )
  assert.match(out, /advertiser_report_daily +\d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d +1 +1/)
  assert.match(err, /2 slices, at least 2 calls, about 1 minute; nothing was read/)
  assert.deepEqual(await jsonOf(shell, 'runs --json'), { runs: [] })
})

test('without a worker the run is done here, and told of', async (t) => {
  const { shell } = await aReadyShell(t)

  const { code, out, err } = await shell.run('run reports', CLOCK)

  assert.equal(code, 0, err)
  assert.match(out, /^Run succeeded: 2 of 2 slices, \d+ rows read, \d+ new, 0 changed, 0 removed$/)
  assert.match(err, /2 of 2 slices/)
  const { runs } = await jsonOf(shell, 'runs reports --json')
  assert.deepEqual([runs.length, runs[0].state, runs[0].who], [1, 'succeeded', 'cli'])
  assert.match((await shell.run('runs')).out, /reports +manual +succeeded/)
  const slices = (await shell.run(`runs --slices ${runs[0].id.slice(0, 14)}`)).out
  assert.match(slices, /pixel +7000000000000000001 +all +done/)

  const full = await jsonOf(shell, 'run reports --full --stream pixel --json')
  assert.deepEqual([full.kind, full.state, full.streams, full.counts.slices], ['resync', 'succeeded', ['pixel'], 1])
  const days = 'backfill reports --from 2026-01-01 --to 2026-01-02 --json'
  const backfill = await jsonOf(shell, days)
  assert.deepEqual([backfill.kind, backfill.counts.slices], ['backfill', 1])
  const store = await shell.store()
  assert.equal((await store.audit.list({ limit: 9 })).filter(({ what }) => what === 'run.request').length, 3)
})

test('with a worker the run is left to it', async (t) => {
  const { shell } = await aReadyShell(t)
  const store = await shell.store()
  const { openRunWork } = await import('../store/run_work.ts')
  await openRunWork(store.state).showAlive(Date.now())

  const { code, err } = await shell.run('run reports', CLOCK)

  assert.equal(code, 0)
  assert.match(err, /is in line; "backbeat runs reports" tells how it goes/)
  assert.equal((await store.runs.list({ limit: 1 }))[0]!.state, 'queued')
})

test('a revoked token ends with 4, and so does every run until the account is connected again', async (t) => {
  const { shell, simulator } = await aReadyShell(t)
  await simulator.control('POST', 'world', { tokens: { [TOKEN]: null } })
  const revoked = await shell.run('run reports', CLOCK)
  assert.deepEqual([revoked.code, (await shell.run('run reports', CLOCK)).code], [4, 4])
  assert.match(revoked.err, /connect the account again/)
})

for (const [line, said] of [
  ['run reprots', /Cannot find sync "reprots"; did you mean "reports"\?/],
  ['run shop-to-pixel', /it carries events, so a worker runs it all the time/],
  ['run reports --stream pixle', /it reads no stream "pixle"; did you mean "pixel"\?/],
  ['backfill reports --from 2026-02-30 --to 2026-03-01', /Cannot read "2026-02-30": give a day such as/],
  ['backfill reports --from 2026-03-02 --to 2026-03-01', /it ends before it begins/],
  ['runs reports --limit none', /--limit takes a whole number from 1 to 1000/],
  ['runs --slices nothing', /Cannot find run "nothing"/],
  ['schema export --format sqll', /Cannot export as "sqll"; did you mean "sql"\?/],
] as const) {
  test(`"${line}" is refused with what would be right`, async (t) => {
    const { shell } = await aReadyShell(t)
    const { code, out, err } = await shell.run(line)

    assert.deepEqual([code, out], [2, ''])
    assert.match(err, said)
  })
}

test('the tables are exported with and without a data directory', async (t) => {
  const catalogue = await aShell(t).run('schema export --format dbml')
  assert.equal(catalogue.code, 0, catalogue.err)
  assert.match(catalogue.out, /Table .*ad_report_daily/)

  const { shell } = await aReadyShell(t)
  const { out } = await shell.run('schema export --format sql --sync reports')
  assert.match(out, /create table .*pixel/i)
  assert.doesNotMatch(out, /campaign_history"? \(/i)
  const json = await jsonOf(shell, 'schema export --format mermaid --json')
  assert.match(json.text, /^erDiagram/)
})

test('doctor tries every warehouse, unless it is told to stay offline', async (t) => {
  const { shell } = await aReadyShell(t)
  const found = async (line: string) => {
    const { checks } = await jsonOf(shell, line)
    return checks.find(({ name }: { name: string }) => name === 'warehouse/local')
  }
  assert.equal((await found('doctor --json')).verdict, 'ok')
  assert.equal((await found('doctor --offline --json')).verdict, 'skipped')
})
