import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { assertGolden } from './golden.ts'

test('a missing golden file is written on a desk, and is a failure in CI', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'golden-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'x.out.json')

  assert.throws(() => assertGolden(file, { a: 1 }, true), /is missing/)
  assertGolden(file, { a: 1 }, false)
  assert.equal(readFileSync(file, 'utf8'), '{\n  "a": 1\n}\n')

  assertGolden(file, { a: 1 }, true)
  assert.throws(() => assertGolden(file, { a: 2 }, true))
})
