import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { CALL_CODES } from './call_codes.ts'

const SOURCES = [
  ...['client.ts', 'exchange.ts', 'verdict.ts', '../destinations/web_events.ts'],
  ...['reporting/read_at_once.ts', 'reporting/read_by_task.ts', 'reporting/read_report.ts'],
]

test('every code a call can end with is listed, and no other', () => {
  const sources = SOURCES.map((file) => readFileSync(join(import.meta.dirname, file), 'utf8')).join('\n')
  const used = [...sources.matchAll(/'(tiktok\.\w+)'/g)].map(([, code]) => code!)
  const ofEvents = new Set(['tiktok.test_event'])

  assert.deepEqual([...new Set(used)].filter((code) => !ofEvents.has(code)).sort(), Object.keys(CALL_CODES).sort())
})
