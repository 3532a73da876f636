import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aSimulator, type Parsed, type TestSimulator } from '../testing.ts'
import { aReport, REPORT } from './testing.ts'

const timeOut = (times: number) => ({
  fault: 'code',
  code: 50002,
  message: 'System error',
  times,
  match: { path: REPORT },
})
const ask = async (tiktok: TestSimulator, page: number) => {
  const { code, message }: Parsed = await tiktok.read(REPORT, aReport({ page }))
  return code === 0 ? 'OK' : `${code} ${message}`
}
const later = (tiktok: TestSimulator, ms: number) => tiktok.control('POST', 'clock', { advance_ms: ms })

for (const [times, perSecond] of [
  [10, 5],
  [20, 1],
  [30, 0],
] as const) {
  test(`${times} time-outs within ten seconds leave ${perSecond} calls a second for five minutes`, async (t) => {
    const tiktok = await aSimulator(t)
    await tiktok.control('POST', 'faults', timeOut(times))
    for (let nth = 0; nth < times; nth++) await ask(tiktok, 100 + nth)

    const answers = []
    for (let nth = 0; nth < perSecond + 1; nth++) answers.push(await ask(tiktok, 1))
    await later(tiktok, 301_000)

    assert.deepEqual(answers, [
      ...Array.from({ length: perSecond }, () => 'OK'),
      `40100 App reaches the QPS limit ${perSecond}`,
    ])
    assert.equal(await ask(tiktok, 1), 'OK')
  })
}

test('a request that timed out three times is not answered for ten minutes, a smaller one is', async (t) => {
  const tiktok = await aSimulator(t)
  await tiktok.control('POST', 'faults', timeOut(3))
  for (let nth = 0; nth < 3; nth++) {
    await ask(tiktok, 1)
    await later(tiktok, 60_000)
  }

  const [same, other] = [await ask(tiktok, 1), await ask(tiktok, 2)]
  await later(tiktok, 600_000)

  assert.equal(same, '40100 This request has timed out too often. Please change it or try again later.')
  assert.equal(other, 'OK')
  assert.equal(await ask(tiktok, 1), 'OK')
})
