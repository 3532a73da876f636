import { Button, Center, Group, Paper, PasswordInput, Stack } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Navigate, useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { ApiFailure, logIn } from '../api/client.ts'
import { sessionQuery } from '../api/queries.ts'
import { Failure } from '../parts/failure.tsx'
import { ConnectionBanner } from '../shell/connection_banner.tsx'
import { Logo } from '../shell/logo.tsx'

/** `/login`: asked for when the server has a password. */
export function LoginScreen() {
  useDocumentTitle('Log in · Backbeat')
  const { data: session } = useQuery(sessionQuery)
  const [password, setPassword] = useState('')
  const queries = useQueryClient()
  const navigate = useNavigate()
  const enter = useMutation({
    mutationFn: logIn,
    onSuccess: (opened) => {
      queries.clear()
      queries.setQueryData(sessionQuery.queryKey, opened)
      void navigate({ to: '/' })
    },
  })
  if (session && session.login !== 'required') return <Navigate to="/" replace />
  const submit = (event: FormEvent) => {
    event.preventDefault()
    enter.mutate(password)
  }
  const isWrong = enter.error instanceof ApiFailure && enter.error.status === 401
  return (
    <Center mih="100vh" p="md">
      <Paper withBorder p="xl" w={360} maw="100%" component="main">
        <form onSubmit={submit}>
          <Stack>
            <Group gap={9}>
              <Logo />
            </Group>
            <PasswordInput
              label="Password"
              value={password}
              onChange={(change) => setPassword(change.currentTarget.value)}
              error={isWrong ? enter.error?.message : undefined}
              autoComplete="current-password"
              required
              autoFocus
            />
            {!isWrong && <Failure error={enter.error} />}
            <Button type="submit" loading={enter.isPending}>
              Log in
            </Button>
          </Stack>
        </form>
        <ConnectionBanner />
      </Paper>
    </Center>
  )
}
