import { z } from 'zod'
import type { Run } from '../../core/run.ts'
import type { Store } from '../../store/store.ts'
import { ApiFailure, type ApiRoute, notFound, read, write } from '../api_route.ts'
import type { RunList } from '../contract_streams.ts'
import { detailOf } from '../run_rate.ts'
import { streamSyncOf, toRequest } from '../stream_sync.ts'

const LIMIT_MAX = 500
const byId = z.object({ id: z.string() })

const asked = z.object({
  sync: z.string(),
  kind: z.enum(['manual', 'backfill', 'resync']),
  streams: z.array(z.string()).min(1).optional(),
  days: z.object({ from: z.iso.date(), to: z.iso.date() }).optional(),
  acceptsEmpty: z.boolean().default(false),
})

export const runRoutes: readonly ApiRoute[] = [
  write({
    method: 'POST',
    path: '/runs',
    about:
      'Puts a run of a sync from TikTok in line; gives the one that waits already when it is for the very same thing.',
    body: asked,
    audit: 'run.request',
    async answer({ store, outside }, { body, caller }) {
      const sync = await streamSyncOf(store, body.sync)
      await refusePaused(store, [`sync/${sync.name}`, `account/${sync.spec.from.account}`])
      const request = toRequest(sync, body, await store.resources.list())
      const run = await store.runs.requestRun(
        { ...request, sync: sync.name, acceptsEmpty: body.acceptsEmpty, who: caller.who },
        outside.now(),
      )
      return { answer: run, subject: `sync/${sync.name}`, detail: `${run.kind} run ${run.id}${saying(run)}` }
    },
  }),
  read({
    path: '/runs',
    about: 'Runs of syncs from TikTok, newest first.',
    query: z.object({
      sync: z.string().optional(),
      before: z.string().optional(),
      limit: z.coerce.number().int().min(1).max(LIMIT_MAX).default(50),
    }),
    async answer({ store }, { query: { sync, before, limit } }): Promise<RunList> {
      const filter = { ...(sync !== undefined && { sync }), ...(before !== undefined && { before }), limit }
      return { runs: await store.runs.list(filter) }
    },
  }),
  read({
    path: '/runs/:id',
    about: 'A run with all its slices, its speed and the time that is left.',
    params: byId,
    async answer({ store, outside }, { params }) {
      const run = await store.runs.get(params.id)
      if (!run) throw notFound(`run "${params.id}"`)
      return detailOf(run, await store.runs.slices(run.id), outside.now())
    },
  }),
  write({
    method: 'POST',
    path: '/runs/:id/cancel',
    about: 'Ends a run between two pages; what it has replaced stays.',
    params: byId,
    audit: 'run.cancel',
    async answer({ store, outside }, { params }) {
      const run = await store.runs.cancel(params.id, outside.now())
      if (!run) throw notFound(`run "${params.id}"`)
      return { answer: run, subject: `sync/${run.sync}`, detail: `run ${run.id}` }
    },
  }),
]

// A run of something paused would wait unseen; a person who asks for one shall hear why.
async function refusePaused({ pauses }: Store, subjects: readonly string[]): Promise<void> {
  const pause = (await pauses.list()).find(({ subject }) => subjects.includes(subject))
  if (pause) throw new ApiFailure(409, 'api.paused', `Cannot run: ${pause.subject} waits for you: ${pause.message}`)
}

function saying({ streams, days, acceptsEmpty }: Run): string {
  const words = [
    streams && `of ${streams.join(', ')}`,
    days && `for ${days.from} to ${days.to}`,
    acceptsEmpty && 'taking empty answers',
  ]
  return words
    .filter(Boolean)
    .map((part) => ` ${part}`)
    .join('')
}
