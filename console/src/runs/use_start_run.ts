import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { Run, RunAsked } from '../../../src/server/contract_streams.ts'
import { call } from '../api/client.ts'
import { refresh } from '../api/queries.ts'

/** Puts runs in line, one after the other, and goes to the page of the first. */
export function useStartRun() {
  const navigate = useNavigate()
  const queries = useQueryClient()
  const starting = useMutation({
    async mutationFn(asked: readonly RunAsked[]): Promise<readonly Run[]> {
      const runs: Run[] = []
      for (const one of asked) runs.push(await call<Run>('POST', '/runs', one))
      return runs
    },
    onSuccess([first]) {
      void refresh(queries)
      if (first) void navigate({ to: '/runs/$id', params: { id: first.id }, search: {} })
    },
  })
  return { ...starting, start: (...asked: readonly RunAsked[]) => starting.mutate(asked) }
}
