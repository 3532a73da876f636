import assert from 'node:assert/strict'
import { createSecretKey, randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { openAudit } from '../src/store/audit.ts'
import { openPauses } from '../src/store/pauses.ts'
import { openResources, type ResourceChange, type Resources } from '../src/store/resources.ts'
import { openSecrets, type Secrets } from '../src/store/secrets.ts'
import type { State } from '../src/store/state.ts'
import { testBooks } from './books_suite.ts'
import { testDeliveries } from './deliveries_suite.ts'
import { testJournal } from './journal_suite.ts'
import { plain } from './plain.ts'
import { START } from './queue_suite.ts'
import { testRuns } from './runs_suite.ts'

const KEY = createSecretKey(randomBytes(32))
const TOKEN = 'account/main/access_token'

/** What every database of ours promises. `open` gives a new, empty state; `runs` is how many histories are tried. */
export function testState(
  name: string,
  open: () => Promise<State>,
  { skip, runs }: { readonly skip: string | false; readonly runs: number },
): void {
  const use = (title: string, run: (state: State) => Promise<void>) =>
    test(`${name}: ${title}`, { skip }, async () => {
      const state = await open()
      try {
        await run(state)
      } finally {
        await state.close()
      }
    })
  testJournal(name, open, skip)
  testDeliveries(name, open, skip)
  testBooks(name, open, { skip, runs })
  testResources(use)
  testSecrets(use)
  testPauses(use)
  testAudit(use)
  testRuns(use)
}

type Use = (title: string, run: (state: State) => Promise<void>) => void

function aChange(more: Partial<ResourceChange> = {}): ResourceChange {
  const change = { kind: 'destination', name: 'pixel', spec: { pixel_code: 'C1' }, managedBy: 'console' } as const
  return { ...change, who: 'console', now: START, ...more }
}

function testResources(use: Use): void {
  const useBoth = (title: string, run: (resources: Resources, secrets: Secrets, state: State) => Promise<void>) =>
    use(title, async (state) => {
      const secrets = await openSecrets(state, KEY)
      await run(openResources(state, secrets), secrets, state)
    })

  useBoth('a resource comes back as it was put, and every revision of it', async (resources) => {
    const first = await resources.put(aChange(), [])
    const second = await resources.put(aChange({ spec: { pixel_code: 'C2' }, managedBy: 'files', now: START + 1 }), [])

    const { who, now, ...stored } = aChange()
    assert.deepEqual(first, { ...stored, revision: 1, updatedAt: START })
    assert.deepEqual(second, {
      ...stored,
      spec: { pixel_code: 'C2' },
      managedBy: 'files',
      revision: 2,
      updatedAt: START + 1,
    })
    assert.deepEqual(await resources.get('destination', 'pixel'), second)
    assert.deepEqual(await resources.list(), [second])
    assert.deepEqual(await resources.list('sync'), [])
    assert.deepEqual(await resources.revision('destination', 'pixel', 1), { pixel_code: 'C1' })
    assert.equal(await resources.revision('destination', 'pixel', 3), null)
    assert.equal(await resources.get('destination', 'none'), null)
  })

  useBoth('putting what is there already changes nothing', async (resources) => {
    const first = await resources.put(aChange(), [])
    const version = await resources.version()

    assert.deepEqual(await resources.put(aChange({ now: START + 1 }), []), first)
    assert.equal(await resources.version(), version)
  })

  useBoth('every change is seen by those who wait for one, also when many are made at once', async (resources) => {
    const versions = [await resources.version()]
    await resources.put(aChange(), [])
    versions.push(await resources.version())
    assert.equal(await resources.remove('destination', 'pixel'), true)
    versions.push(await resources.version())
    assert.equal(await resources.remove('destination', 'pixel'), false)

    await Promise.all(
      Array.from({ length: 10 }, (_, i) => resources.put(aChange({ name: i % 2 ? 'twin' : `d${i}`, spec: { i } }), [])),
    )

    assert.deepEqual(versions, [0, 1, 2])
    assert.equal(await resources.version(), 12)
    assert.equal((await resources.get('destination', 'twin'))!.revision, 5)
  })

  useBoth('a resource that comes back goes on counting revisions, and the old ones stay', async (resources) => {
    await resources.put(aChange(), [])
    await resources.remove('destination', 'pixel')

    const again = await resources.put(aChange({ spec: { pixel_code: 'C9' } }), [])

    assert.equal(again.revision, 2)
    assert.deepEqual(await resources.revision('destination', 'pixel', 1), { pixel_code: 'C1' })
  })

  useBoth('a secret leaves the spec when it is put, and is used from elsewhere', async (resources, secrets, state) => {
    const token = 'canary-secret-token-1234'
    const put = (access_token: ResourceChange['spec'][string]) =>
      resources.put(aChange({ kind: 'account', name: 'main', spec: { access_token } }), ['access_token'])

    const first = await put(token)
    const mark = { secret: true, hint: '…1234', ref: null }
    assert.deepEqual(first.spec, { access_token: mark })
    assert.equal(await secrets.reveal(TOKEN), token)
    assert.deepEqual(await put(mark), first, 'a mark leaves the secret as it is')
    assert.equal((await put(token)).revision, 2, 'a secret that is given again may be another one')
    const referred = await put({ value: 'short', ref: '$' + '{env:TOKEN}' })
    assert.deepEqual(referred.spec, { access_token: { secret: true, hint: '…', ref: '$' + '{env:TOKEN}' } })
    assert.equal(await secrets.reveal(TOKEN), 'short')
    assert.ok(!(await dump(state)).includes('canary'), 'nothing in the database shows it')
  })
}

/** Everything the tables of resources and secrets hold, as text. */
async function dump({ db }: State): Promise<string> {
  const tables = ['resources', 'resource_revisions', 'secrets', 'meta'] as const
  return JSON.stringify(await Promise.all(tables.map((table) => db.selectFrom(table).selectAll().execute())))
}

function testSecrets(use: Use): void {
  use('a secret comes back as it was put, the newest one, and not after it was removed', async (state) => {
    const secrets = await openSecrets(state, KEY)
    await secrets.put(TOKEN, 'old')
    await secrets.put(TOKEN, 'Grüße 🎉')

    assert.equal(await secrets.reveal(TOKEN), 'Grüße 🎉')
    await secrets.remove(TOKEN)
    await assert.rejects(secrets.reveal(TOKEN), /Cannot read the secret "account\/main\/access_token": there is none/)
  })

  use('the same secret never looks the same', async (state) => {
    const secrets = await openSecrets(state, KEY)
    const ciphertext = async () => {
      await secrets.put(TOKEN, 'canary')
      return (await state.db.selectFrom('secrets').selectAll().where('subject', '=', TOKEN).executeTakeFirst())!
    }

    const [first, second] = [await ciphertext(), await ciphertext()]
    assert.notEqual(first.ciphertext, second.ciphertext)
    assert.ok(!JSON.stringify(first).includes('canary'))
  })

  use('a secret that was moved to another place cannot be read', async (state) => {
    const secrets = await openSecrets(state, KEY)
    await secrets.put('account/a/access_token', 'token of a')
    await secrets.put('account/b/access_token', 'token of b')

    const [a, b] = await state.db
      .selectFrom('secrets')
      .selectAll()
      .where('subject', 'like', 'account/%')
      .orderBy('subject')
      .execute()
    await writeCiphertext(state, a!.subject, b!.ciphertext)
    await writeCiphertext(state, b!.subject, a!.ciphertext)

    await assert.rejects(secrets.reveal(a!.subject), /Cannot read the secret/)
    await assert.rejects(secrets.reveal(b!.subject), /Cannot read the secret/)
  })

  use('a secret that was altered or cut anywhere cannot be read', async (state) => {
    const secrets = await openSecrets(state, KEY)
    await secrets.put(TOKEN, 'token')
    const { ciphertext } = (await state.db
      .selectFrom('secrets')
      .selectAll()
      .where('subject', '=', TOKEN)
      .executeTakeFirst())!
    const bytes = Buffer.from(ciphertext.slice('v1:'.length), 'base64')

    for (let at = 0; at < bytes.length; at++) {
      const altered = Buffer.from(bytes)
      altered[at]! ^= 1
      for (const damaged of [altered, bytes.subarray(0, at), bytes.subarray(0, -1)]) {
        await writeCiphertext(state, TOKEN, `v1:${damaged.toString('base64')}`)
        await assert.rejects(secrets.reveal(TOKEN), /Cannot read the secret/)
      }
    }
  })

  use('another key opens nothing, overwrites nothing, and the right one still does', async (state) => {
    await (await openSecrets(state, KEY)).put(TOKEN, 'token')
    const before = await dump(state)

    await assert.rejects(openSecrets(state, createSecretKey(randomBytes(32))), /it was written with another key/)

    assert.equal(await dump(state), before)
    assert.equal(await (await openSecrets(state, KEY)).reveal(TOKEN), 'token')
  })
}

async function writeCiphertext({ db }: State, subject: string, ciphertext: string): Promise<void> {
  await db.updateTable('secrets').set({ ciphertext }).where('subject', '=', subject).execute()
}

function testPauses(use: Use): void {
  use('a pause keeps its first reason until it ends', async (state) => {
    const pauses = openPauses(state)
    const pause = { subject: 'account/main', since: START, code: 'tiktok.token_invalid', message: 'Connect it again' }
    await pauses.pause(pause)
    await pauses.pause({ ...pause, since: START + 1, message: 'Later' })
    await pauses.pause({ ...pause, subject: 'sync/a' })

    assert.deepEqual(await plain(pauses.list()), [pause, { ...pause, subject: 'sync/a' }])
    assert.equal(await pauses.resume('account/main'), true)
    assert.equal(await pauses.resume('account/main'), false)
    assert.deepEqual(await plain(pauses.list()), [{ ...pause, subject: 'sync/a' }])
  })
}

function testAudit(use: Use): void {
  const line = (n: number) => ({
    at: START + n,
    who: 'console',
    what: 'resource.put',
    subject: `sync/${n}`,
    detail: '{}',
  })

  use('the audit log is listed newest first, a page at a time', async (state) => {
    const audit = openAudit(state)
    for (const n of [1, 2, 3]) await audit.write(line(n))

    const [third, second] = await plain(audit.list({ limit: 2 }))
    assert.deepEqual(
      [third, second],
      [
        { ...line(3), id: third!.id },
        { ...line(2), id: second!.id },
      ],
    )
    assert.deepEqual(
      (await plain(audit.list({ before: second!.id, limit: 9 }))).map(({ subject }) => subject),
      ['sync/1'],
    )
    assert.equal(await audit.firstBroken(), null)
  })

  use('lines that are written at the same time still make one chain', async (state) => {
    const audit = openAudit(state)

    await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map((n) => audit.write(line(n))))

    assert.equal((await audit.list({ limit: 99 })).length, 8)
    assert.equal(await audit.firstBroken(), null)
  })

  use('an empty audit log is whole', async (state) => {
    assert.equal(await openAudit(state).firstBroken(), null)
  })

  for (const column of ['at', 'who', 'what', 'subject', 'detail', 'hash'] as const) {
    use(`an audit line whose ${column} was altered shows`, async (state) => {
      const ids = await writeLines(state, 3)
      const changed = { at: 1, who: 'x', what: 'x', subject: 'x', detail: 'x', hash: 'x' }
      await state.db
        .updateTable('audit')
        .set({ [column]: changed[column] })
        .where('id', '=', ids[1]!)
        .execute()

      assert.equal(await openAudit(state).firstBroken(), ids[1])
    })
  }

  for (const [which, at, shown] of [
    ['first', 0, 1],
    ['middle', 1, 2],
    ['last', 2, 2],
  ] as const) {
    use(`an audit log whose ${which} line was taken out shows`, async (state) => {
      const ids = await writeLines(state, 3)
      await state.db.deleteFrom('audit').where('id', '=', ids[at]!).execute()

      assert.equal(await openAudit(state).firstBroken(), ids[shown])
    })
  }

  use('an audit log that was emptied shows', async (state) => {
    await writeLines(state, 2)
    await state.db.deleteFrom('audit').execute()

    assert.equal(await openAudit(state).firstBroken(), 1)
  })

  async function writeLines(state: State, count: number): Promise<number[]> {
    const audit = openAudit(state)
    for (let n = 1; n <= count; n++) await audit.write(line(n))
    return (await audit.list({ limit: count })).map(({ id }) => id).reverse()
  }
}
