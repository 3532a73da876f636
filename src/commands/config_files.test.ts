import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { assertGolden } from '../../test/golden.ts'
import { aShell, shopFiles } from './testing.ts'

const GOLDEN = join(import.meta.dirname, 'golden', 'files')

for (const name of readdirSync(GOLDEN).filter((file) => file.endsWith('.yaml'))) {
  test(`validating ${name} says what its golden file says`, async (t) => {
    const shell = aShell(t, { [name]: readFileSync(join(GOLDEN, name), 'utf8') })

    const { code, out, err } = await shell.run(`validate ${name} --json`)

    const said = { code, out: JSON.parse(out), err: err.split('\n') }
    assertGolden(join(GOLDEN, name.replace('.yaml', '.out.json')), said)
  })
}

test('validating needs no data directory, no secret and no network', async (t) => {
  const shell = aShell(t, { 'backbeat.yaml': shopFiles() })

  const ran = await shell.run('validate', { environment: {}, fetch: () => assert.fail('called somebody') })

  assert.deepEqual(ran, { code: 0, out: '', err: '✓ 4 resources in 1 file: nothing wrong' })
  assert.deepEqual(readdirSync(shell.folder), ['backbeat.yaml'])
})

test('files of a folder, at any depth and in any order, are one configuration', async (t) => {
  const [account, source, destination, sync] = shopFiles().split('---\n')
  const shell = aShell(t, {
    'backbeat/a/sync.yaml': sync!,
    'backbeat/b/c/rest.yml': [account, source].join('---\n'),
    'backbeat/z.yaml': destination!,
    'backbeat/notes.txt': 'not: [configuration',
    'backbeat/.hidden.yaml': 'not: [configuration',
  })

  const { code, out } = await shell.run('validate --json')

  assert.equal(code, 0)
  assert.deepEqual(JSON.parse(out), {
    valid: true,
    files: ['backbeat/a/sync.yaml', 'backbeat/b/c/rest.yml', 'backbeat/z.yaml'],
    resources: ['account/main', 'event_source/shop', 'destination/shop-pixel', 'sync/shop-to-pixel'],
    problems: [],
  })
})

test('a resource that stands twice is refused, naming both places', async (t) => {
  const source = shopFiles().split('---\n')[1]!
  const shell = aShell(t, { 'a.yaml': source, 'b.yaml': `# Again\n${source}` })

  const { code, err } = await shell.run('validate a.yaml b.yaml')

  assert.equal(code, 2)
  assert.match(err, /^b\.yaml:3:7: event_source\/shop: name: stands in a\.yaml:1 already; take one of the two out$/m)
})

test('a file that is named twice is read once', async (t) => {
  const shell = aShell(t, { 'conf/shop.yaml': shopFiles() })

  assert.equal((await shell.run('validate conf conf/shop.yaml ./conf')).code, 0)
})

test('no path and no usual place is an error that says what is looked for', async (t) => {
  const shell = aShell(t)

  assert.deepEqual(await shell.run('validate'), {
    code: 2,
    out: '',
    err: 'Cannot read the configuration: there is no ./backbeat or ./backbeat.yaml; name a file or folder',
  })
  assert.match((await shell.run('validate nowhere.yaml')).err, /"nowhere\.yaml" does not exist/)
})
