import { PasswordInput, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { Resource } from '../../../src/server/contract.ts'
import { useSave } from '../api/changes.ts'
import { type AccountSpec, isStoredSecret, type Typed } from '../api/specs.ts'
import { Failure } from '../parts/failure.tsx'
import { FormActions } from '../parts/form_actions.tsx'
import { formProblems, pathsOf } from '../parts/form_problems.ts'

interface Inputs {
  name: string
  access_token: string
  api_url: string
  advertiser_id: string
}

const INPUTS = ['name', 'access_token', 'api_url', 'advertiser_id']

interface AccountFormProps {
  /** The account to change; none makes a new one. */
  readonly account?: Typed<AccountSpec>
  readonly onSaved: (saved: Resource) => void
  readonly onCancel?: () => void
}

/** Makes or changes an account. The token can be replaced, never read. */
export function AccountForm({ account, onSaved, onCancel }: AccountFormProps) {
  const save = useSave('account')
  const form = useForm<Inputs>({ initialValues: inputsOf(account) })
  const submit = form.onSubmit((inputs) =>
    save.mutate(
      { name: inputs.name.trim(), spec: specOf(inputs, account) },
      {
        onSuccess: (saved) => {
          form.setFieldValue('access_token', '')
          form.resetDirty()
          onSaved(saved)
        },
        onError: (error) => form.setErrors(formProblems(error)),
      },
    ),
  )
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        {!account && (
          <TextInput
            label="Name"
            description="How syncs and files refer to it, such as main"
            required
            data-autofocus
            {...form.getInputProps('name')}
          />
        )}
        <PasswordInput
          label="Access token"
          description="From TikTok Events Manager or your TikTok app. Stored encrypted; it cannot be read again"
          placeholder={account ? storedHint(account.spec) : ''}
          required={!account}
          autoComplete="off"
          {...form.getInputProps('access_token')}
        />
        <TextInput
          label="Advertiser ID"
          description="Optional: lets the check look at your pixels"
          {...form.getInputProps('advertiser_id')}
        />
        <TextInput
          label="API address"
          description="Leave empty for TikTok itself; the address of a local TikTok puts its destinations in test mode"
          placeholder="https://business-api.tiktok.com"
          {...form.getInputProps('api_url')}
        />
        <Failure error={save.error} hide={pathsOf(INPUTS)} />
        <FormActions
          label={account ? 'Save' : 'Create account'}
          pending={save.isPending}
          disabled={Boolean(account) && !form.isDirty()}
          onCancel={onCancel}
        />
      </Stack>
    </form>
  )
}

const inputsOf = (account: Typed<AccountSpec> | undefined): Inputs => ({
  name: account?.name ?? '',
  access_token: '',
  api_url: account?.spec.api_url ?? '',
  advertiser_id: account?.spec.advertiser_id ?? '',
})

function specOf(inputs: Inputs, account: Typed<AccountSpec> | undefined): AccountSpec {
  const { access_token: stored, api_url: _url, advertiser_id: _advertiser, ...others } = account?.spec ?? {}
  const token = inputs.access_token.trim() || stored
  return {
    ...others,
    ...(token ? { access_token: token } : {}),
    ...(inputs.api_url.trim() ? { api_url: inputs.api_url.trim() } : {}),
    ...(inputs.advertiser_id.trim() ? { advertiser_id: inputs.advertiser_id.trim() } : {}),
  }
}

const storedHint = ({ access_token: token }: AccountSpec): string =>
  isStoredSecret(token) ? `Stored ${token.hint ?? ''} · type to replace` : 'Not set'
