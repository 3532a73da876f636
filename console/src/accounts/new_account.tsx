import { SegmentedControl, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { Resource } from '../../../src/server/contract.ts'
import { noteSigningIn } from '../connect/keep_draft.ts'
import { AccountForm } from './account_form.tsx'
import { SignInForm } from './sign_in_form.tsx'

interface NewAccountProps {
  readonly onSaved: (saved: Resource) => void
  readonly onCancel?: () => void
  /** Called before the page is left for TikTok's; what comes back to the account's own page unless it says otherwise. */
  readonly onLeave?: (name: string) => void
}

const ABOUT: Readonly<Record<string, string>> = {
  token:
    'For a token you have already, such as one from Events Manager: it sends events, and reads what its app may read.',
  sign_in: 'TikTok asks who you are and which advertisers may be read. Nothing is changed there.',
}

/** A new login, in one of the two ways in which TikTok gives one. */
export function NewAccount({ onSaved, onCancel, onLeave = () => noteSigningIn(null) }: NewAccountProps) {
  const [way, setWay] = useState('sign_in')
  return (
    <Stack gap="md">
      <SegmentedControl
        aria-label="How to connect"
        data={[
          { value: 'sign_in', label: 'Sign in with TikTok' },
          { value: 'token', label: 'Paste a token' },
        ]}
        value={way}
        onChange={setWay}
      />
      <Text size="sm" c="dimmed">
        {ABOUT[way]}
      </Text>
      {way === 'sign_in' ? (
        <SignInForm onLeave={onLeave} />
      ) : (
        <AccountForm onSaved={onSaved} {...(onCancel ? { onCancel } : {})} />
      )}
    </Stack>
  )
}
