import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { ERROR_AREAS } from './error_codes.ts'

const listed = ERROR_AREAS.flatMap(({ codes }) => Object.keys(codes))

/** Ways in which a code is written down; verbs of the audit log have the same form and none of these places. */
const IN_PLACE = [
  /\bcode(?:: | = )'([a-z_]+\.[a-z0-9_]+)'/g,
  /\b(?:\w+Error|ApiFailure|ingestReason|ingestWarning|reject|warn|refused|unusable|unreadable)\(\s*(?:\d+,\s*)?'([a-z_]+\.[a-z0-9_]+)'/g,
  /'((?:api|ingest|tiktok|mapping|delivery)\.[a-z0-9_]+)'/g,
]

const sources = globSync('src/**/*.ts', { cwd: import.meta.dirname.replace(/src$/, '') })
  .filter((file) => !/\.test\.ts$|^src\/error_codes\.ts$|^src\/(simulator|demo)\//.test(file))
  .map((file) => readFileSync(`${import.meta.dirname}/../${file}`, 'utf8'))

const used = new Set(
  sources.flatMap((text) => IN_PLACE.flatMap((pattern) => [...text.matchAll(pattern)].map(([, code]) => code!))),
)

test('every code that stands in the source is listed', () => {
  assert.ok(used.size > 50)
  assert.deepEqual([...used].filter((code) => !listed.includes(code)).sort(), [])
})

test('every listed code stands somewhere in the source', () => {
  assert.deepEqual(
    listed.filter((code) => !used.has(code)),
    [],
  )
})

test('a code is listed once, and has a sentence', () => {
  assert.equal(new Set(listed).size, listed.length)
  for (const { codes } of ERROR_AREAS)
    for (const [code, sentence] of Object.entries(codes)) assert.match(sentence, /^\S.{5,}[^.\s]$/, code)
})
