import { z } from 'zod'
import type { Choice, DeadGroup } from '../../store/deliveries.ts'
import type { Store } from '../../store/store.ts'
import { ApiFailure, type ApiRoute, read, write } from '../api_route.ts'
import type { DeadLetters, Replay } from '../contract.ts'

const choice = z.object({
  sync: z.string().optional(),
  code: z.string().optional(),
  field: z.string().optional(),
  ids: z.array(z.number().int().positive()).max(10_000).optional(),
  preview: z.boolean().default(false),
})

export const deadLetterRoutes: readonly ApiRoute[] = [
  read({
    path: '/dead-letters',
    about: 'What will not be delivered as it is, grouped by cause.',
    answer: async ({ store }): Promise<DeadLetters> => ({ groups: (await store.deliveries.deadGroups()).map(toGroup) }),
  }),
  write({
    method: 'POST',
    path: '/replay',
    about: 'Puts dead letters in line again with the same event_id; with preview it only counts them.',
    body: choice,
    audit: 'dead_letters.replay',
    async answer({ store, outside }, { body }) {
      const chosen = toChoice(body)
      const counted = await store.deliveries.countReplay(chosen, outside.now())
      if (body.preview) return { answer: { ...counted, queued: 0 } satisfies Replay, subject: null }
      const queued = await replay(store, chosen, outside.now())
      const subject = body.sync === undefined ? 'dead letters' : `sync/${body.sync}`
      return { answer: { ...counted, queued } satisfies Replay, subject, detail: `${queued} events` }
    },
  }),
]

function replay({ deliveries }: Store, chosen: Choice, now: number): Promise<number> {
  return deliveries.replay(chosen, now)
}

function toChoice({ sync, code, ids }: z.infer<typeof choice>): Choice {
  if (sync === undefined && code === undefined && ids === undefined) {
    throw new ApiFailure(422, 'api.invalid', 'Cannot replay: say which, by "sync", "code" or "ids"')
  }
  return {
    states: ['dead'],
    ...(sync !== undefined && { sync }),
    ...(code !== undefined && { code }),
    ...(ids !== undefined && { seqs: ids }),
  }
}

function toGroup({ sync, reason, count, firstAt, lastAt, samples }: DeadGroup): DeadLetters['groups'][number] {
  const { code, field = null, message, remedy = null } = reason
  return { sync, code, field, message, remedy, count, firstAt, lastAt, samples }
}
