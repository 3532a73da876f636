import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseReference, resolveReference } from './secret_reference.ts'

const sources = {
  environment: { TOKEN: 'from-env', EMPTY: '' },
  readFile(path: string) {
    if (path === '/run/secrets/token') return 'from-file\n'
    if (path === '/run/secrets/blank') return '\n'
    throw Object.assign(new Error('no such file'), { code: 'ENOENT' })
  },
}

const resolve = (text: string) => resolveReference(parseReference(text)!, sources)

test('a reference stands for a variable or for what is in a file', () => {
  assert.equal(resolve(`\${env:TOKEN}`), 'from-env')
  assert.equal(resolve(`\${file:/run/secrets/token}`), 'from-file')
})

test('a reference that leads nowhere says what is missing', () => {
  assert.throws(() => resolve(`\${env:OTHER}`), { message: 'OTHER is not set; set it where backbeat runs' })
  assert.throws(() => resolve(`\${env:EMPTY}`), { message: 'EMPTY is empty; set it where backbeat runs' })
  assert.throws(() => resolve(`\${file:/x}`), { message: 'the file /x cannot be read (ENOENT)' })
  assert.throws(() => resolve(`\${file:/run/secrets/blank}`), { message: 'the file /run/secrets/blank is empty' })
})

test('only a whole text is a reference', () => {
  for (const text of [
    '',
    'TOKEN',
    '$TOKEN',
    `a\${env:TOKEN}`,
    `\${env:TOKEN} `,
    `\${env:}`,
    `\${env:A B}`,
    `\${vault:x}`,
  ])
    assert.equal(parseReference(text), null, text)
})
