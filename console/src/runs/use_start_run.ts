import { useNavigate } from '@tanstack/react-router'
import type { Run, RunAsked } from '../../../src/server/contract_streams.ts'
import { usePost } from '../api/changes.ts'

/** Starts a run and goes to its page. */
export function useStartRun() {
  const navigate = useNavigate()
  const start = usePost<Run, RunAsked>('/runs')
  return {
    ...start,
    start: (asked: RunAsked) =>
      start.mutate(asked, { onSuccess: ({ id }) => void navigate({ to: '/runs/$id', params: { id }, search: {} }) }),
  }
}
