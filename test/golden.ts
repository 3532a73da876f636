import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Json } from '../src/core/json.ts'

const INPUT = '.in.json'

/**
 * One test for each pair in a folder: what `shape` makes of `x.in.json` is `x.out.json`. A missing output is written, to
 * be read as prose and committed; with `CI=true` it is a failure. Throws when the folder holds no input.
 */
export function testGolden(folder: string, shape: (input: Json) => Json): void {
  const names = readdirSync(folder).filter((file) => file.endsWith(INPUT))
  if (names.length === 0) throw new Error(`Cannot test against ${folder}: it holds no *${INPUT} file`)
  for (const name of names.map((file) => file.slice(0, -INPUT.length)).sort()) {
    test(`${name} comes out as its golden file says`, () => {
      const actual = shape(readJson(join(folder, name + INPUT)))
      assertGolden(join(folder, `${name}.out.json`), actual)
    })
  }
}

/** Compares a value with the JSON file that says what it should be; writes the file when it is missing, except in CI. */
export function assertGolden(file: string, actual: Json, isCi: boolean = process.env['CI'] === 'true'): void {
  if (!existsSync(file)) {
    assert.ok(!isCi, `Cannot compare with ${file}: it is missing; run the test locally and commit what it writes`)
    writeFileSync(file, `${JSON.stringify(actual, null, 2)}\n`)
  }
  assert.deepEqual(actual, readJson(file))
}

function readJson(file: string): Json {
  return JSON.parse(readFileSync(file, 'utf8')) as Json
}
