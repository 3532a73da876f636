import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { tempFolder } from '../../test/temp_folder.ts'
import { loadKey } from './secrets.ts'

const WEAK: Record<string, string> = {
  'no base64 at all': 'correct horse battery staple',
  'too short': randomBytes(31).toString('base64'),
  'too long': randomBytes(33).toString('base64'),
  'hexadecimal instead of base64': randomBytes(32).toString('hex'),
  'one byte over and over': Buffer.alloc(32, 7).toString('base64'),
  'four bytes over and over': Buffer.alloc(32, 'abcd').toString('base64'),
  empty: '',
}

for (const [what, key] of Object.entries(WEAK)) {
  test(`a key that is ${what} is refused`, (t) => {
    const file = join(tempFolder(t), 'key')
    writeFileSync(file, key)

    assert.throws(() => loadKey(key, file), /^Error: Cannot start: BACKBEAT_KEY must be 32 random bytes as base64/)
    assert.throws(() => loadKey(null, file), /^Error: Cannot start: \/.*key must be 32 random bytes as base64/)
    assert.equal(readFileSync(file, 'utf8'), key, 'and left as it is')
  })
}

test('the key of the environment is taken, and no file is made', (t) => {
  const folder = tempFolder(t)
  const bytes = randomBytes(32)

  const key = loadKey(bytes.toString('base64'), join(folder, 'key'))

  assert.deepEqual(key.export(), bytes)
  assert.deepEqual(readdirSync(folder), [])
})

test('without one, a key file is made once, for its owner only', (t) => {
  const folder = tempFolder(t)
  const file = join(folder, 'key')

  const first = loadKey(null, file)

  assert.equal(statSync(file).mode & 0o777, 0o600)
  assert.deepEqual(readdirSync(folder), ['key'])
  assert.deepEqual(loadKey(null, file).export(), first.export())
  assert.notDeepEqual(loadKey(null, join(tempFolder(t), 'key')).export(), first.export())
})

test('a key file that cannot be made says so', { skip: process.getuid?.() === 0 && 'root may write anywhere' }, (t) => {
  const folder = tempFolder(t)
  chmodSync(folder, 0o500)

  assert.throws(() => loadKey(null, join(folder, 'key')), /EACCES/)
})
