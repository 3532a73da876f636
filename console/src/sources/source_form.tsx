import { Button, Stack, Switch, TagsInput, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { Resource } from '../../../src/server/contract.ts'
import { useSave } from '../api/changes.ts'
import type { SourceSpec, Typed } from '../api/specs.ts'
import { Failure } from '../parts/failure.tsx'
import { FormActions } from '../parts/form_actions.tsx'
import { formProblems, pathsOf } from '../parts/form_problems.ts'

interface Inputs {
  name: string
  write_key: string
  allowed_origins: string[]
  strict_keys: boolean
}

const INPUTS = ['name', 'write_key', 'allowed_origins', 'strict_keys']

interface SourceFormProps {
  readonly source?: Typed<SourceSpec>
  readonly onSaved: (saved: Resource) => void
  readonly onCancel?: () => void
}

/** Makes or changes an event source. */
export function SourceForm({ source, onSaved, onCancel }: SourceFormProps) {
  const save = useSave('event_source')
  const form = useForm<Inputs>({ initialValues: inputsOf(source) })
  const submit = form.onSubmit((inputs) =>
    save.mutate(
      { name: inputs.name.trim(), spec: specOf(inputs, source) },
      { onSuccess: onSaved, onError: (error) => form.setErrors(formProblems(error)) },
    ),
  )
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        {!source && (
          <TextInput
            label="Name"
            description="Such as shop, or ios-app"
            required
            data-autofocus
            {...form.getInputProps('name')}
          />
        )}
        <TextInput
          label="Write key"
          description="What senders show at the door. Not a secret: it stands in web pages"
          required
          className="tabular"
          rightSectionWidth={86}
          rightSection={
            <Button size="compact-xs" variant="light" onClick={() => form.setFieldValue('write_key', newKey())}>
              New key
            </Button>
          }
          {...form.getInputProps('write_key')}
        />
        <TagsInput
          label="Allowed origins"
          description="Web pages that may send, such as https://shop.example. Empty: any"
          {...form.getInputProps('allowed_origins')}
        />
        <Switch
          label="Answer 401 to a wrong key"
          description="The default, 400, makes every SDK drop such events; with 401 some try for ever"
          {...form.getInputProps('strict_keys', { type: 'checkbox' })}
        />
        <Failure error={save.error} hide={pathsOf(INPUTS)} />
        <FormActions
          label={source ? 'Save' : 'Create source'}
          pending={save.isPending}
          disabled={Boolean(source) && !form.isDirty()}
          onCancel={onCancel}
        />
      </Stack>
    </form>
  )
}

const inputsOf = (source: Typed<SourceSpec> | undefined): Inputs => ({
  name: source?.name ?? '',
  write_key: typeof source?.spec.write_key === 'string' ? source.spec.write_key : newKey(),
  allowed_origins: [...(source?.spec.allowed_origins ?? [])],
  strict_keys: source?.spec.strict_keys ?? false,
})

const specOf = (inputs: Inputs, source: Typed<SourceSpec> | undefined): SourceSpec => ({
  type: source?.spec.type ?? 'segment',
  write_key: inputs.write_key.trim(),
  ...(inputs.allowed_origins.length > 0 ? { allowed_origins: inputs.allowed_origins } : {}),
  ...(inputs.strict_keys ? { strict_keys: true } : {}),
})

const KEY_ALPHABET = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'
const KEY_LENGTH = 32

// The alphabet leaves out what reads alike (l, o, I, O, 0, 1). Its length does not divide 256; for a public key that is no matter.
const newKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(KEY_LENGTH))]
    .map((byte) => KEY_ALPHABET[byte % KEY_ALPHABET.length])
    .join('')
