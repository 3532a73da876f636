import { Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { Resource } from '../../../src/server/contract.ts'
import { ConnectionCard } from '../accounts/connection_card.tsx'
import { NewAccount } from '../accounts/new_account.tsx'
import { SignInNotice, signInQuery } from '../accounts/sign_in_notice.tsx'
import { resourcesQuery } from '../api/queries.ts'
import { Answer } from '../parts/answer.tsx'
import { AdvertiserChoice } from './advertiser_choice.tsx'
import type { StepProps } from './connect.tsx'
import { noteSigningIn } from './keep_draft.ts'
import { ResourceChoice } from './resource_choice.tsx'
import { StepTitle } from './step_title.tsx'

/** First step: whose data, by an account that is there, by signing in, or by a pasted token. */
export function AccountStep({ draft, onChange }: StepProps) {
  const accounts = useQuery(resourcesQuery('account'))
  const { sign_in: signIn } = useSearch({ from: '/shell/connect' })
  useSignedIn(signIn, (account) => onChange({ account, advertisers: null }))
  return (
    <Stack gap="lg">
      <StepTitle title="Whose data?">
        A login at TikTok for Business. It reads what the person who signed in may see; nothing is changed at TikTok.
      </StepTitle>
      {signIn && <SignInNotice id={signIn} />}
      <Answer query={accounts}>
        {(found) => (
          <Choice
            accounts={found}
            chosen={draft.account}
            onChoose={(account) => onChange({ account, advertisers: null })}
          />
        )}
      </Answer>
      {draft.account && (
        <>
          <ConnectionCard account={draft.account} title="What the login reaches" />
          <AdvertiserChoice
            account={draft.account}
            value={draft.advertisers}
            onChange={(advertisers) => onChange({ advertisers })}
          />
        </>
      )}
    </Stack>
  )
}

/** Takes the account that somebody has just signed in to. */
function useSignedIn(signIn: string | undefined, onAccount: (account: string) => void): void {
  const result = useQuery({ ...signInQuery(signIn ?? ''), enabled: signIn !== undefined })
  const account = result.data?.ok ? result.data.account : null
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each sign-in, not for each drawing
  useEffect(() => {
    if (account !== null) onAccount(account)
  }, [account])
}

interface ChoiceProps {
  readonly accounts: readonly Resource[]
  readonly chosen: string | null
  readonly onChoose: (account: string | null) => void
}

function Choice({ accounts, chosen, onChoose }: ChoiceProps) {
  const [adding, setAdding] = useState(accounts.length === 0)
  return (
    <Stack gap="md">
      {accounts.length > 0 && (
        <ResourceChoice
          label="Account"
          resources={accounts}
          value={adding ? null : chosen}
          about={({ state }) => state.because}
          other="Another login"
          isOther={adding}
          onChoose={(account) => {
            setAdding(account === null)
            onChoose(account)
          }}
        />
      )}
      {adding && (
        <div style={{ maxWidth: 560 }}>
          <NewAccount
            onLeave={noteSigningIn}
            onSaved={({ name }) => {
              setAdding(false)
              onChoose(name)
            }}
          />
        </div>
      )}
    </Stack>
  )
}
