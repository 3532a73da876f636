import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { saveResource } from '../save_resource.ts'
import { aShell, NOW, REFERENCE, shopFiles } from './testing.ts'

test('a plan before the first start shows everything as new and makes nothing', async (t) => {
  const shell = aShell(t, { 'backbeat.yaml': shopFiles() })

  const { code, out, err } = await shell.run('plan')

  assert.equal(code, 0)
  assert.equal(err, '')
  assert.match(out, /^\+ account\/main\n {4}access_token: \(secret\) \$\{env:TIKTOK_ACCESS_TOKEN\}\n/)
  assert.match(out, /\n4 to add, 0 to change, 0 to remove, 0 unchanged$/)
  assert.ok(!existsSync(join(shell.folder, '.backbeat')))
})

test('what was applied is what the files say: planning again finds nothing', async (t) => {
  const shell = aShell(t, { 'backbeat.yaml': shopFiles() })

  const applied = await shell.run('apply --json')

  assert.equal(applied.code, 0)
  assert.deepEqual(JSON.parse(applied.out), {
    applied: [
      { action: 'create', kind: 'account', name: 'main', revision: 1 },
      { action: 'create', kind: 'event_source', name: 'shop', revision: 1 },
      { action: 'create', kind: 'destination', name: 'shop-pixel', revision: 1 },
      { action: 'create', kind: 'sync', name: 'shop-to-pixel', revision: 1 },
    ],
    unchanged: 0,
  })
  assert.deepEqual(JSON.parse((await shell.run('plan --json')).out), { changes: [], unchanged: 4 })
  assert.deepEqual(JSON.parse((await shell.run('apply --json')).out), { applied: [], unchanged: 4 })
})

test('every change leaves a line in the audit log', async (t) => {
  const shell = aShell(t, { 'backbeat.yaml': shopFiles() })
  await shell.run('apply')

  const store = await shell.store()

  assert.deepEqual(
    (await store.audit.list({ limit: 9 })).map(({ at, who, what, subject, detail }) => [
      at,
      who,
      what,
      subject,
      detail,
    ]),
    ['sync/shop-to-pixel', 'destination/shop-pixel', 'event_source/shop', 'account/main'].map((subject) => [
      NOW,
      'cli',
      'resource.put',
      subject,
      'revision 1, from backbeat.yaml',
    ]),
  )
})

test('the secret is kept, its reference is shown, and the secret never is', async (t) => {
  const shell = aShell(t, { 'backbeat.yaml': shopFiles() })
  const environment = { TIKTOK_ACCESS_TOKEN: 'canary-token-1' }
  const ran = [
    await shell.run('plan', { environment }),
    await shell.run('apply', { environment }),
    await shell.run('plan --json', { environment: { TIKTOK_ACCESS_TOKEN: 'canary-token-2' } }),
    await shell.run('pull --out pulled.yaml', { environment }),
  ]
  const store = await shell.store()

  assert.equal(await store.secrets.reveal('account/main/access_token'), 'canary-token-1')
  assert.deepEqual((await store.resources.get('account', 'main'))!.spec['access_token'], {
    secret: true,
    hint: '…en-1',
    ref: REFERENCE,
  })
  assert.doesNotMatch(JSON.stringify(ran) + shell.read('pulled.yaml'), /canary/)
})

test('another secret behind the same reference is a change, and a changed sync is none of the account', async (t) => {
  const shell = aShell(t, { 'backbeat.yaml': shopFiles() })
  await shell.run('apply')

  const environment = { TIKTOK_ACCESS_TOKEN: 'renewed-token' }
  const { changes } = JSON.parse((await shell.run('plan --json', { environment })).out)
  await shell.run('apply', { environment })

  const before = `(secret) ${REFERENCE}`
  assert.deepEqual(changes, [
    {
      action: 'update',
      kind: 'account',
      name: 'main',
      managedBy: 'files',
      fields: [{ path: 'access_token', before, after: `${before}, another value` }],
    },
  ])
  const store = await shell.store()
  assert.equal(await store.secrets.reveal('account/main/access_token'), 'renewed-token')
})

test('a secret from a file is read where its reference says, without the line end', async (t) => {
  const text = shopFiles().replace(REFERENCE, `\${file:secrets/token}`)
  const shell = aShell(t, { 'backbeat.yaml': text, 'secrets/token': 'token-of-a-file\n' })

  assert.equal((await shell.run('apply')).code, 0)

  const store = await shell.store()
  assert.equal(await store.secrets.reveal('account/main/access_token'), 'token-of-a-file')
})

test('a reference that leads nowhere keeps everything from being applied; a plan goes on', async (t) => {
  const shell = aShell(t, { 'backbeat.yaml': shopFiles() })

  const { code, out, err } = await shell.run('apply', { environment: {} })
  const planned = await shell.run('plan', { environment: {} })

  assert.equal(code, 2)
  assert.equal(out, '')
  assert.equal(
    err,
    [
      `backbeat.yaml:4:17: account/main: spec.access_token: Cannot resolve ${REFERENCE}: TIKTOK_ACCESS_TOKEN is not set; set it where backbeat runs`,
      'Found 1 problem; nothing was changed',
    ].join('\n'),
  )
  assert.equal(planned.code, 0)
  assert.match(planned.err, /is not set.*"apply" will need it$/)
  const store = await shell.store()
  assert.deepEqual(await store.resources.list(), [])
})

test('a plan shows a change field by field, mappings by their names', async (t) => {
  const shell = aShell(t, { 'backbeat.yaml': shopFiles() })
  await shell.run('apply')
  shell.write(
    'backbeat.yaml',
    shopFiles()
      .replace('event: Purchase', 'event: PlaceAnOrder')
      .replace('default_country: US', 'default_country: CA')
      .replace('type: segment', 'type: rudderstack'),
  )

  const { out } = await shell.run('plan')

  assert.equal(
    out,
    [
      '~ event_source/shop\n    type: "segment" → "rudderstack"',
      '~ destination/shop-pixel\n    default_country: "US" → "CA"',
      '~ sync/shop-to-pixel\n    mappings[Purchase].event: "Purchase" → "PlaceAnOrder"',
      '0 to add, 3 to change, 0 to remove, 1 unchanged',
    ].join('\n\n'),
  )
})

test('applying a part changes that part and removes nothing', async (t) => {
  const [account, source, destination, sync] = shopFiles().split('---\n')
  const shell = aShell(t, { 'backbeat.yaml': shopFiles() })
  await shell.run('apply')
  shell.write('part.yaml', sync!.replace('event: Purchase', 'event: PlaceAnOrder'))

  const { code, out } = await shell.run('apply part.yaml --json')

  assert.equal(code, 0)
  assert.deepEqual(JSON.parse(out).applied, [{ action: 'update', kind: 'sync', name: 'shop-to-pixel', revision: 2 }])
  const store = await shell.store()
  assert.equal((await store.resources.list()).length, [account, source, destination, sync].length)
})

test('what no file has is listed and stays, until it is pruned', async (t) => {
  const [account, source] = shopFiles().split('---\n')
  const shell = aShell(t, { 'backbeat.yaml': shopFiles() })
  await shell.run('apply')
  shell.write('backbeat.yaml', [account, source].join('---\n'))

  const planned = await shell.run('plan')
  const unasked = await shell.run('apply --prune')
  const refused = await shell.run('apply --prune', { confirm: async () => false })
  const asked: string[] = []
  const confirm = async (question: string) => asked.push(question) > 0
  const pruned = await shell.run('apply --prune --json', { confirm })

  assert.match(planned.out, /- sync\/shop-to-pixel \(in no file; stays, unless you apply with --prune\)/)
  assert.deepEqual([unasked.code, refused.code, pruned.code], [2, 1, 0])
  assert.match(unasked.err, /Cannot remove sync\/shop-to-pixel, destination\/shop-pixel unasked; add --yes/)
  assert.deepEqual(asked, ['Remove sync/shop-to-pixel, destination/shop-pixel?'])
  assert.deepEqual(JSON.parse(pruned.out).applied, [
    { action: 'delete', kind: 'sync', name: 'shop-to-pixel', revision: null },
    { action: 'delete', kind: 'destination', name: 'shop-pixel', revision: null },
  ])
  assert.deepEqual(JSON.parse((await shell.run('plan --json')).out), { changes: [], unchanged: 2 })
})

test('a pruned account takes its secret with it', async (t) => {
  const shell = aShell(t, { 'backbeat.yaml': shopFiles() })
  await shell.run('apply')
  shell.write('backbeat.yaml', shopFiles().split('---\n')[1]!)

  assert.equal((await shell.run('apply --prune --yes')).code, 0)

  const store = await shell.store()
  await assert.rejects(store.secrets.reveal('account/main/access_token'), /there is none/)
})

test('with --prune nothing may refer to what is about to be removed', async (t) => {
  const shell = aShell(t, { 'backbeat.yaml': shopFiles() })
  await shell.run('apply')
  shell.write('backbeat.yaml', shopFiles().split('---\n')[3]!)

  const { code, err } = await shell.run('apply --prune --yes')

  assert.equal(code, 2)
  assert.match(err, /spec\.from\.event_source: there is no event_source "shop"/)
})

test('a sync cannot be moved to another source: its books stay with the old one', async (t) => {
  const shell = aShell(t, { 'backbeat.yaml': shopFiles() })
  await shell.run('apply')
  const other = 'kind: event_source\nname: app\nspec: { type: segment, write_key: app-write-key }\n'
  shell.write('backbeat.yaml', `${shopFiles().replace('event_source: shop }', 'event_source: app }')}---\n${other}`)

  const { code, err } = await shell.run('plan')

  assert.equal(code, 2)
  assert.match(err, /spec\.from\.event_source: the stored sync reads "shop"/)
})

test('what was changed in the console is marked, pulled into the file in place, and then no change', async (t) => {
  const shell = aShell(t, { 'backbeat.yaml': `# Our shop.\n${shopFiles()}` })
  await shell.run('apply')
  await changeInConsole(await shell.store())

  const planned = await shell.run('plan')
  const pulled = await shell.run('pull')
  const after = await shell.run('plan --json')

  assert.match(planned.out, /^~ sync\/shop-to-pixel \(last changed in the console\)\n {4}mappings\[Purchase\]\.event/)
  assert.equal(pulled.out, 'backbeat.yaml')
  assert.deepEqual(JSON.parse(after.out), { changes: [], unchanged: 4 })
  const text = shell.read('backbeat.yaml')
  assert.match(text, /^# Our shop\.\n/)
  assert.match(text, /# Only what a visitor asked for\.\n {4}- name: Sign up\n/)
  assert.match(text, /event: PlaceAnOrder\n/)
  assert.match(text, /\$\{env:TIKTOK_ACCESS_TOKEN\}/)
})

async function changeInConsole(store: Awaited<ReturnType<ReturnType<typeof aShell>['store']>>): Promise<void> {
  const { kind, name, spec } = (await store.resources.get('sync', 'shop-to-pixel'))!
  const changed = JSON.parse(JSON.stringify(spec).replace('"event":"Purchase"', '"event":"PlaceAnOrder"'))
  await store.resources.put({ kind, name, spec: changed, managedBy: 'console', who: 'console', now: NOW }, [])
}

test('pulling what was applied into an empty folder, and applying that elsewhere, gives the same', async (t) => {
  const shell = aShell(t, { 'backbeat.yaml': shopFiles() })
  await shell.run('apply')

  const { out } = await shell.run('pull --out pulled')

  assert.deepEqual(out.split('\n'), [
    'pulled/account/main.yaml',
    'pulled/destination/shop-pixel.yaml',
    'pulled/event_source/shop.yaml',
    'pulled/sync/shop-to-pixel.yaml',
  ])
  assert.equal(
    shell.read('pulled/account/main.yaml'),
    `kind: account\nname: main\nspec:\n  access_token: ${REFERENCE}\n  api_url: http://127.0.0.1:1/open_api/v1.3\n`,
  )
  assert.deepEqual(JSON.parse((await shell.run('plan pulled --json')).out), { changes: [], unchanged: 4 })

  const other = aShell(t)
  for (const path of out.split('\n')) other.write(path, shell.read(path))
  await other.run('apply pulled')
  const specs = async (store: Awaited<ReturnType<typeof other.store>>) =>
    (await store.resources.list()).map(({ kind, name, spec }) => ({ kind, name, spec }))
  assert.deepEqual(await specs(await other.store()), await specs(await shell.store()))
})

test('pulling twice changes no file the second time', async (t) => {
  const shell = aShell(t, { 'backbeat.yaml': shopFiles() })
  await shell.run('apply')
  await shell.run('pull --out all.yaml')
  const first = shell.read('all.yaml')

  const { out, err } = await shell.run('pull --out all.yaml')

  assert.equal(out, '')
  assert.equal(err, 'Wrote 0 files; 4 resources stood there as stored')
  assert.equal(shell.read('all.yaml'), first)
  assert.equal((await shell.run('validate all.yaml')).code, 0)
})

test('a secret that was typed into the console is pulled as a variable, with a comment that says so', async (t) => {
  const shell = aShell(t, { 'backbeat.yaml': shopFiles() })
  await shell.run('apply')
  const store = await shell.store()
  const spec = { access_token: 'typed-into-the-console', api_url: 'http://127.0.0.1:1' }
  const change = { kind: 'account', name: 'second', spec, managedBy: 'console', who: 'console', now: NOW } as const
  await store.resources.put(change, ['access_token'])

  const { out, err } = await shell.run('pull --out pulled --json')

  assert.deepEqual(JSON.parse(out).withoutReference, ['account/second access_token'])
  assert.match(err, /! account\/second access_token was set without a reference/)
  const text = shell.read('pulled/account/second.yaml')
  assert.match(text, /# Set in the console.*\n {2}access_token: \$\{env:ACCOUNT_SECOND_ACCESS_TOKEN\}\n/)
  assert.doesNotMatch(text, /typed/)
})

test('a resource that stands in the files only is left alone by a pull', async (t) => {
  const shell = aShell(t, { 'backbeat.yaml': shopFiles() })
  await shell.run('apply')
  const text = `${shopFiles()}---\nkind: event_source\nname: app\nspec: { type: segment, write_key: app-write-key }\n`
  shell.write('backbeat.yaml', text)

  const { err } = await shell.run('pull')

  assert.match(err, /^event_source\/app stands in the files only/)
  assert.equal(shell.read('backbeat.yaml'), text)
})

test('a pull does not write over files that are wrong', async (t) => {
  const shell = aShell(t, { 'backbeat.yaml': shopFiles() })
  await shell.run('apply')
  shell.write('backbeat.yaml', shopFiles().replace('type: segment', 'type: segmnt'))

  const { code, err } = await shell.run('pull')

  assert.equal(code, 2)
  assert.match(err, /backbeat\.yaml:\d+:15: event_source\/shop: spec\.type: must be one of/)
})

test('a token that somebody signed in for stays, as long as no file names another', async (t) => {
  const account = 'kind: account\nname: main\nspec:\n  api_url: http://127.0.0.1:1/open_api/v1.3\n'
  const shell = aShell(t, { 'backbeat.yaml': shopFiles({ account }) })
  await shell.run('apply')
  const store = await shell.store()
  const spec = { ...(await store.resources.get('account', 'main'))!.spec, access_token: 'token-of-a-sign-in' }
  await saveResource(store, { kind: 'account', name: 'main', spec }, { managedBy: 'files', who: 'console', now: NOW })

  const planned = JSON.parse((await shell.run('plan --json')).out)
  await shell.run('apply')
  const pulled = await shell.run('pull --out backbeat.yaml')

  assert.deepEqual(planned, { changes: [], unchanged: 4 })
  assert.equal(await store.secrets.reveal('account/main/access_token'), 'token-of-a-sign-in')
  assert.equal(pulled.code, 0)
  assert.doesNotMatch(shell.read('backbeat.yaml'), /access_token/)

  shell.write('backbeat.yaml', shopFiles())
  await shell.run('apply')
  assert.equal(await store.secrets.reveal('account/main/access_token'), 'simulator-token')

  shell.write('backbeat.yaml', shopFiles({ account }))
  await shell.run('apply')
  await assert.rejects(store.secrets.reveal('account/main/access_token'), /there is none/)
})

test('a pull from where nothing was ever started says so', async (t) => {
  const shell = aShell(t)

  const { code, err } = await shell.run('pull')

  assert.equal(code, 2)
  assert.match(err, /^Cannot open .*\.backbeat: nothing was started there yet/)
  assert.ok(!existsSync(join(shell.folder, '.backbeat')))
})

test('applying a renewed token, or a corrected sync, ends the pause it was waiting in', async (t) => {
  const shell = aShell(t, { 'backbeat.yaml': shopFiles() })
  await shell.run('apply')
  const store = await shell.store()
  for (const subject of ['account/main', 'sync/shop-to-pixel'])
    await store.pauses.pause({ subject, since: NOW, code: 'tiktok.token_invalid', message: 'Expired' })

  await shell.run('apply', { environment: { TIKTOK_ACCESS_TOKEN: 'renewed-token' } })

  assert.deepEqual(
    (await store.pauses.list()).map(({ subject }) => subject),
    ['sync/shop-to-pixel'],
  )
})
