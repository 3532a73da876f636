import { Group, PasswordInput, Stack, TextInput } from '@mantine/core'
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
  advertiser_id: string
  app_id: string
  app_secret: string
  api_url: string
}

const INPUTS = ['name', 'access_token', 'advertiser_id', 'app_id', 'app_secret', 'api_url']

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
          form.setFieldValue('app_secret', '')
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
          placeholder={account ? storedHint(account.spec.access_token) : ''}
          required={!account}
          autoComplete="off"
          {...form.getInputProps('access_token')}
        />
        <TextInput
          label="Advertiser ID"
          description="Optional: lets the check look at your pixels"
          {...form.getInputProps('advertiser_id')}
        />
        <Group gap="sm" align="flex-start" grow>
          <TextInput
            label="App ID"
            description="Optional: of the developer app the token came from. With it your advertisers are found"
            inputMode="numeric"
            {...form.getInputProps('app_id')}
          />
          <PasswordInput
            label="App secret"
            description="Optional: goes with the app. Stored encrypted; it cannot be read again"
            placeholder={account?.spec.app_secret ? storedHint(account.spec.app_secret) : ''}
            autoComplete="off"
            {...form.getInputProps('app_secret')}
          />
        </Group>
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
  advertiser_id: account?.spec.advertiser_id ?? '',
  app_id: account?.spec.app_id ?? '',
  app_secret: '',
  api_url: account?.spec.api_url ?? '',
})

function specOf(inputs: Inputs, account: Typed<AccountSpec> | undefined): AccountSpec {
  const { name: _name, ...entered } = inputs
  const given = Object.entries(entered).flatMap(([field, text]) => (text.trim() === '' ? [] : [[field, text.trim()]]))
  return { ...secretsOf(account), ...Object.fromEntries(given) }
}

/** What stays as it is stored unless it is entered anew. */
function secretsOf(account: Typed<AccountSpec> | undefined): AccountSpec {
  const { access_token, app_secret } = account?.spec ?? {}
  return { ...(access_token ? { access_token } : {}), ...(app_secret ? { app_secret } : {}) }
}

const storedHint = (secret: AccountSpec['access_token']): string =>
  isStoredSecret(secret) ? `Stored ${secret.hint ?? ''} · type to replace` : 'Not set'
