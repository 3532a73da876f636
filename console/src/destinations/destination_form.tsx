import { Input, SegmentedControl, Select, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import type { Resource } from '../../../src/server/contract.ts'
import { useSave } from '../api/changes.ts'
import { resourcesQuery } from '../api/queries.ts'
import type { DestinationSpec, Typed } from '../api/specs.ts'
import { Failure } from '../parts/failure.tsx'
import { FormActions } from '../parts/form_actions.tsx'
import { formProblems, pathsOf } from '../parts/form_problems.ts'

interface Inputs {
  name: string
  account: string | null
  pixel_code: string
  default_country: string
  unsupported_currency: 'reject' | 'drop_value'
  test_event_code: string
}

const INPUTS = ['name', 'account', 'pixel_code', 'default_country', 'unsupported_currency', 'test_event_code']

interface DestinationFormProps {
  readonly destination?: Typed<DestinationSpec>
  readonly onSaved: (saved: Resource) => void
  readonly onCancel?: () => void
}

/** Makes or changes a destination. */
export function DestinationForm({ destination, onSaved, onCancel }: DestinationFormProps) {
  const save = useSave('destination')
  const { data: accounts = [] } = useQuery(resourcesQuery('account'))
  const form = useForm<Inputs>({ initialValues: inputsOf(destination) })
  const submit = form.onSubmit((inputs) =>
    save.mutate(
      { name: inputs.name.trim(), spec: specOf(inputs, destination) },
      { onSuccess: onSaved, onError: (error) => form.setErrors(formProblems(error)) },
    ),
  )
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        {!destination && (
          <TextInput
            label="Name"
            description="Such as shop-pixel"
            required
            data-autofocus
            {...form.getInputProps('name')}
          />
        )}
        <Select
          label="Account"
          description="Whose token the events are sent with"
          required
          allowDeselect={false}
          comboboxProps={{ keepMounted: false }}
          nothingFoundMessage="Make an account first"
          data={accounts.map(({ name }) => name)}
          {...form.getInputProps('account')}
        />
        <TextInput
          label="Pixel code"
          description="From TikTok Events Manager: letters and digits, such as CABC123DEF456GHI789J"
          required
          {...form.getInputProps('pixel_code')}
        />
        <TextInput
          label="Default country"
          description="Two letters, such as DE: how phone numbers without a country code are read"
          maxLength={2}
          {...form.getInputProps('default_country')}
        />
        <Input.Wrapper
          label="Currency that TikTok does not take"
          description="Reject the event, or send it without its value"
          error={form.errors['unsupported_currency']}
        >
          <SegmentedControl
            mt={6}
            fullWidth
            data={[
              { value: 'reject', label: 'Reject the event' },
              { value: 'drop_value', label: 'Leave out the value' },
            ]}
            {...form.getInputProps('unsupported_currency')}
          />
        </Input.Wrapper>
        <TextInput
          label="Test event code"
          description="While set, events land in TikTok's test view and count nowhere. Empty: live"
          {...form.getInputProps('test_event_code')}
        />
        <Failure error={save.error} hide={pathsOf(INPUTS)} />
        <FormActions
          label={destination ? 'Save' : 'Create destination'}
          pending={save.isPending}
          disabled={Boolean(destination) && !form.isDirty()}
          onCancel={onCancel}
        />
      </Stack>
    </form>
  )
}

const inputsOf = (destination: Typed<DestinationSpec> | undefined): Inputs => ({
  name: destination?.name ?? '',
  account: destination?.spec.account ?? null,
  pixel_code: destination?.spec.pixel_code ?? '',
  default_country: destination?.spec.default_country ?? '',
  unsupported_currency: destination?.spec.unsupported_currency ?? 'reject',
  test_event_code: destination?.spec.test_event_code ?? '',
})

function specOf(inputs: Inputs, destination: Typed<DestinationSpec> | undefined): DestinationSpec {
  const country = inputs.default_country.trim().toUpperCase()
  const testCode = inputs.test_event_code.trim()
  return {
    type: destination?.spec.type ?? 'web_events',
    account: inputs.account ?? '',
    pixel_code: inputs.pixel_code.trim(),
    unsupported_currency: inputs.unsupported_currency,
    ...(country ? { default_country: country } : {}),
    ...(testCode ? { test_event_code: testCode } : {}),
  }
}
