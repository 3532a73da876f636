import { z } from 'zod'
import { type ApiRoute, read } from '../api_route.ts'

export const auditRoutes: readonly ApiRoute[] = [
  read({
    path: '/audit',
    about: 'Who changed what, newest first.',
    query: z.object({
      before: z.coerce.number().int().optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    async answer({ store }, { query }) {
      const { before, limit } = query
      const entries = await store.audit.list({ limit, ...(before !== undefined && { before }) })
      return { entries, next: entries.length === limit ? entries.at(-1)!.id : null }
    },
  }),
]
