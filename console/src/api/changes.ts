import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Kind, Resource } from '../../../src/server/contract.ts'
import { call } from './client.ts'
import { refresh, resourcePath } from './queries.ts'
import { plain } from './specs.ts'

// Nobody waits for what is read again: what a page does next must not be lost when the reading draws it anew.

/** Writes one resource and reads again what may have changed with it. */
export function useSave(kind: Kind) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ name, spec }: { name: string; spec: object }) =>
      call<Resource>('PUT', resourcePath(kind, name), { spec: plain(spec) }),
    onSuccess: () => void refresh(queries),
  })
}

/** Deletes one resource. */
export function useRemove(kind: Kind) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (name: string) => call<null>('DELETE', resourcePath(kind, name)),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['resources', kind] }),
  })
}

/** Posts to a path and reads everything again, since a post may change any count. */
export function usePost<Answer, Body = undefined>(path: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: Body) => call<Answer>('POST', path, body),
    onSuccess: () => void refresh(queries),
  })
}
