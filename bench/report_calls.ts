import { setTimeout } from 'node:timers/promises'
import { addDays } from '../src/core/days.ts'
import { startSimulator } from '../src/simulator/server.ts'
import { deliveryReports } from '../src/streams/delivery_reports.ts'
import { createTikTok } from '../src/tiktok/client.ts'
import { createRateBudget } from '../src/tiktok/rate_budget.ts'
import { createReader } from '../src/tiktok/reader.ts'
import type { Bench } from './figure.ts'

const ADS = 4000
const DAYS = 60
const PAGE_ROWS = 1000 // most that a call of TikTok returns
const TODAY = '2026-11-21'
const ADVERTISER = { id: '7000000000000000001', name: 'Bench', currency: 'USD', timezone: 'America/New_York' }

/** What reading costs in calls, since calls are what TikTok counts: figures by ad and day, of a large advertiser. */
export const reportCalls: Bench = {
  name: 'report_calls',
  about: `Calls for a million report rows, of ${ADS} ads over ${DAYS} days`,
  async run() {
    const { calls, rows } = await readAll()
    const value = (calls / rows) * 1e6
    const least = 1e6 / PAGE_ROWS
    return [
      {
        name: 'report_calls',
        value,
        unit: 'calls/M rows',
        floor: 2 * least,
        aim: 1.1 * least,
        limit: least,
        ratio: value / least,
        isCost: true,
      },
    ]
  },
}

async function readAll(): Promise<{ readonly calls: number; readonly rows: number }> {
  const now = () => Date.parse(`${TODAY}T18:00:00Z`)
  const simulator = await startSimulator({ port: 0, seed: 1, now, world: { advertising: { ads: ADS } } })
  let [calls, rows] = [0, 0]
  const reader = createReader(
    createTikTok({ accessToken: 'simulator-token', baseUrl: `${simulator.url}/open_api/v1.3` }),
    {
      budget: createRateBudget({ perSecond: 10_000, now: Date.now }),
      onNote: ({ kind }) => {
        if (kind === 'call') calls++
      },
      sleep: (ms, signal) => setTimeout(ms, undefined, { signal }),
      random: Math.random,
      now: Date.now,
      signal: new AbortController().signal,
    },
  )
  const stream = deliveryReports.find(({ table }) => table.name === 'ad_report_daily')!
  for (const slice of stream.slices({ from: addDays(TODAY, 1 - DAYS), to: TODAY })) {
    for await (const page of stream.open(reader).read(ADVERTISER, slice)) rows += page.rows.length
  }
  await simulator.close()
  return { calls, rows }
}
