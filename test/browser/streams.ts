import type { Run, RunDetail } from '../../src/server/contract_streams.ts'
import { type Backbeat, TOKEN } from './backbeat.ts'
import { until } from './until.ts'

/** The developer app of the local TikTok; see `src/simulator/world.ts`. */
export const APP = { id: '7000000000000000201', secret: 'simulator-secret' }

/** The connection that `connect` makes. */
export const CONNECTION = 'main-to-local'

const STREAMS = ['advertiser', 'campaign_history', 'adgroup_history', 'ad_history', 'ad_report_daily']

/** Lays the road from the local TikTok into a DuckDB file, a few days of a few tables. */
export async function connect(backbeat: Backbeat): Promise<void> {
  await backbeat.put('/resources/account/main', {
    spec: { access_token: TOKEN, app_id: APP.id, app_secret: APP.secret, api_url: backbeat.tiktok.apiUrl },
  })
  await backbeat.put('/resources/warehouse/local', { spec: { type: 'duckdb' } })
  await backbeat.put(`/resources/sync/${CONNECTION}`, {
    spec: {
      from: { account: 'main', streams: STREAMS },
      to: { warehouse: 'local' },
      schedule: null,
      history_days: 3,
    },
  })
}

/** Runs the connection once, to its end. */
export async function fill(backbeat: Backbeat): Promise<Run> {
  const { id } = await backbeat.post<Run>('/runs', { sync: CONNECTION, kind: 'manual' })
  return until('the run to end', async () => {
    const { run } = await backbeat.get<RunDetail>(`/runs/${id}`)
    return run.endedAt !== null && run
  })
}
