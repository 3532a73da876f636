import { Text } from '@mantine/core'
import { IconAlertOctagonFilled, IconCircleCheckFilled } from '@tabler/icons-react'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { Navigate } from '@tanstack/react-router'
import type { SignInResult } from '../../../src/server/contract_streams.ts'
import { get } from '../api/queries.ts'
import { isSigningIn } from '../connect/keep_draft.ts'
import { Failure } from '../parts/failure.tsx'
import { Notice } from '../parts/notice.tsx'

/** How a sign-in went. */
export const signInQuery = (id: string) =>
  queryOptions({
    queryKey: ['sign-in', id],
    queryFn: ({ signal }) => get<SignInResult>(`/oauth/results/${encodeURIComponent(id)}`, signal),
    staleTime: Number.POSITIVE_INFINITY,
  })

/** Says how the sign-in went that the browser comes back from. One that began in the wizard goes on there. */
export function SignInReturn({ id }: { id: string | undefined }) {
  if (id === undefined) return null
  if (isSigningIn()) return <Navigate to="/connect" search={{ step: 'account', sign_in: id }} replace />
  return <SignInNotice id={id} />
}

/** The notice alone. */
export function SignInNotice({ id }: { id: string }) {
  const result = useQuery(signInQuery(id))
  if (result.error) return <Failure error={result.error} />
  if (!result.data) return null
  const { ok, message, code } = result.data
  return (
    <Notice
      tone={ok ? 'good' : 'bad'}
      icon={ok ? IconCircleCheckFilled : IconAlertOctagonFilled}
      title={ok ? 'Signed in' : 'The sign-in did not work'}
    >
      <Text size="sm" className="wrap">
        {message}
      </Text>
      {code && (
        <Text size="xs" c="dimmed" className="mono">
          {code}
        </Text>
      )}
    </Notice>
  )
}
