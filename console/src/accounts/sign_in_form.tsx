import { Button, Collapse, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useDisclosure } from '@mantine/hooks'
import { IconBrandTiktok } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { OAuthStart } from '../../../src/server/contract_streams.ts'
import { call } from '../api/client.ts'
import { sessionQuery } from '../api/queries.ts'
import { CopyIcon } from '../parts/copy.tsx'
import { Failure } from '../parts/failure.tsx'
import { formProblems, pathsOf } from '../parts/form_problems.ts'

interface SignInFormProps {
  /** The account to connect again; without one a new one is made. */
  readonly account?: string
  /** Called before the page is left. */
  readonly onLeave?: (name: string) => void
}

interface Inputs {
  name: string
  appId: string
  appSecret: string
  apiUrl: string
}

const INPUTS = ['name', 'appId', 'appSecret', 'apiUrl']

/** Leads to TikTok's own page, where a person signs in and says what may be read. */
export function SignInForm({ account, onLeave }: SignInFormProps) {
  const { data: session } = useQuery(sessionQuery)
  const [ownApp, { toggle }] = useDisclosure(false)
  const form = useForm<Inputs>({ initialValues: { name: account ?? '', appId: '', appSecret: '', apiUrl: '' } })
  const begin = useMutation({
    mutationFn: (inputs: Inputs) => call<OAuthStart>('POST', '/oauth/start', given(inputs)),
    onSuccess: ({ url }, { name }) => {
      onLeave?.(name.trim())
      location.assign(url)
    },
    onError: (error) => form.setErrors(formProblems(error)),
  })
  const local = session?.simulatorUrl
  return (
    <form onSubmit={form.onSubmit((inputs) => begin.mutate(inputs))}>
      <Stack gap="sm">
        {account === undefined && (
          <TextInput
            label="Name"
            description="How connections and files refer to this account, such as main"
            required
            {...form.getInputProps('name')}
          />
        )}
        {local && form.values.apiUrl === '' && (
          <Text size="sm" c="dimmed">
            A local TikTok runs beside Backbeat.{' '}
            <Button
              variant="transparent"
              size="compact-sm"
              p={0}
              onClick={() => {
                form.setFieldValue('apiUrl', `${local.replace(/\/$/, '')}/open_api/v1.3`)
                if (!ownApp) toggle()
              }}
            >
              Sign in there instead
            </Button>
          </Text>
        )}
        <Button variant="transparent" size="compact-sm" p={0} onClick={toggle} style={{ alignSelf: 'flex-start' }}>
          {ownApp ? 'Hide the developer app' : 'Developer app and address'}
        </Button>
        <Collapse expanded={ownApp}>
          <Stack gap="sm">
            <TextInput
              label="App ID"
              description="Of your developer app at TikTok; the one of the server's settings when left empty"
              inputMode="numeric"
              {...form.getInputProps('appId')}
            />
            <PasswordInput
              label="App secret"
              description="Stored encrypted; it cannot be read again"
              autoComplete="off"
              {...form.getInputProps('appSecret')}
            />
            <TextInput
              label="API address"
              description="Leave empty for TikTok itself"
              placeholder="https://business-api.tiktok.com"
              {...form.getInputProps('apiUrl')}
            />
            <RedirectAddress />
          </Stack>
        </Collapse>
        <Failure error={begin.error} hide={pathsOf(INPUTS)} />
        <Button
          type="submit"
          loading={begin.isPending || begin.isSuccess}
          leftSection={<IconBrandTiktok size={16} />}
          style={{ alignSelf: 'flex-start' }}
        >
          {account === undefined ? 'Sign in with TikTok' : 'Sign in again'}
        </Button>
      </Stack>
    </form>
  )
}

/** What must stand in TikTok's developer portal for the way back to work. */
function RedirectAddress() {
  const address = `${location.origin}/api/v1/oauth/callback`
  return (
    <Text size="xs" c="dimmed" component="div" className="wrap">
      Redirect address to enter in TikTok's developer portal: <span className="mono">{address}</span>{' '}
      <CopyIcon value={address} label="Copy redirect address" />
    </Text>
  )
}

const given = (inputs: Inputs): Record<string, string> =>
  Object.fromEntries(
    Object.entries(inputs)
      .map(([field, text]) => [field, text.trim()] as const)
      .filter(([, text]) => text !== ''),
  )
