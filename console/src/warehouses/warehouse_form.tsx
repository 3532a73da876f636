import {
  Button,
  Group,
  NumberInput,
  PasswordInput,
  SegmentedControl,
  Select,
  Stack,
  Switch,
  Text,
  TextInput,
} from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { JsonObject, Resource } from '../../../src/server/contract.ts'
import { useSave } from '../api/changes.ts'
import { isStoredSecret, type Typed, type WarehouseSpec } from '../api/specs.ts'
import { schemaQuery } from '../api/stream_queries.ts'
import { Answer } from '../parts/answer.tsx'
import { Failure } from '../parts/failure.tsx'
import { formProblems, pathsOf } from '../parts/form_problems.ts'
import { type FormField, type FormVariant, specFrom, variantsOf } from '../parts/json_schema.ts'
import { UnsavedCheck } from './warehouse_check.tsx'
import { warehouseTitle } from './warehouse_types.ts'

interface WarehouseFormProps {
  /** The warehouse to change; none makes a new one. */
  readonly warehouse?: Typed<WarehouseSpec>
  readonly onSaved: (saved: Resource) => void
  readonly onCancel?: () => void
}

/** Makes or changes a warehouse, with a form from the schema of its type; it can be tried before it is saved. */
export function WarehouseForm(props: WarehouseFormProps) {
  const schema = useQuery(schemaQuery('warehouse'))
  return (
    <Answer query={schema} rows={5}>
      {(found) => <TypedForm {...props} variants={variantsOf(found)} />}
    </Answer>
  )
}

function TypedForm({ variants, ...props }: WarehouseFormProps & { variants: readonly FormVariant[] }) {
  const [type, setType] = useState(props.warehouse?.spec.type ?? variants[0]?.type)
  const variant = variants.find((one) => one.type === type)
  return (
    <Stack gap="md" maw={640}>
      {!props.warehouse && <TypeInput variants={variants} value={type} onChange={setType} />}
      {variant && (
        <>
          {variant.about && (
            <Text size="sm" c="dimmed">
              {variant.about}
            </Text>
          )}
          <Fields key={variant.type} variant={variant} {...props} />
        </>
      )}
    </Stack>
  )
}

interface TypeInputProps {
  readonly variants: readonly FormVariant[]
  readonly value: string | undefined
  readonly onChange: (type: string) => void
}

// As many stand side by side; more go into a list.
const SIDE_BY_SIDE = 4

function TypeInput({ variants, value, onChange }: TypeInputProps) {
  const data = variants.map(({ type }) => ({ value: type, label: warehouseTitle(type) }))
  if (data.length > SIDE_BY_SIDE) {
    return (
      <Select
        label="Kind"
        data={data}
        value={value ?? null}
        allowDeselect={false}
        maw={320}
        onChange={(type) => type && onChange(type)}
      />
    )
  }
  return <SegmentedControl aria-label="Kind" data={data} value={value ?? ''} onChange={onChange} />
}

interface FieldsProps extends WarehouseFormProps {
  readonly variant: FormVariant
}

function Fields({ variant, warehouse, onSaved, onCancel }: FieldsProps) {
  const save = useSave('warehouse')
  const stored = (warehouse?.spec ?? null) as JsonObject | null
  const form = useForm<Record<string, string | number | boolean>>({
    initialValues: { name: warehouse?.name ?? offered(variant.type), ...entered(variant, stored) },
  })
  const { name: typedName, ...values } = form.values
  const name = String(typedName).trim()
  const spec = specFrom(variant, values, stored)
  const submit = form.onSubmit(() =>
    save.mutate({ name, spec }, { onSuccess: onSaved, onError: (error) => form.setErrors(formProblems(error)) }),
  )
  const shown = ['name', ...variant.fields.map((field) => field.name)]
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        {!warehouse && (
          <TextInput
            label="Name"
            description="How connections and files refer to it"
            required
            {...form.getInputProps('name')}
          />
        )}
        {variant.fields.map((field) => (
          <FieldInput key={field.name} field={field} stored={stored} props={form.getInputProps(field.name)} />
        ))}
        {(!warehouse || form.isDirty()) && <UnsavedCheck spec={spec} name={warehouse?.name} />}
        <Failure error={save.error} hide={pathsOf(shown)} />
        <Group justify="flex-end" gap="xs">
          {onCancel && (
            <Button variant="default" onClick={onCancel}>
              Cancel
            </Button>
          )}
          <Button type="submit" loading={save.isPending} disabled={Boolean(warehouse) && !form.isDirty()}>
            {warehouse ? 'Save' : 'Save the warehouse'}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

// The first of a kind is called by it, since most people have one.
const offered = (type: string): string => (type === 'duckdb' ? 'local' : type)

const entered = ({ fields }: FormVariant, stored: JsonObject | null) =>
  Object.fromEntries(fields.map((field) => [field.name, enteredValue(field, stored)]))

function enteredValue({ name, input, standard }: FormField, stored: JsonObject | null): string | number | boolean {
  const value = input === 'secret' ? undefined : stored?.[name]
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  if (input === 'switch' || input === 'choice') return standard ?? (input === 'switch' ? false : '')
  return ''
}

interface FieldInputProps {
  readonly field: FormField
  readonly stored: JsonObject | null
  // biome-ignore lint/suspicious/noExplicitAny: what Mantine's form gives to any of its inputs
  readonly props: any
}

function FieldInput({ field, stored, props }: FieldInputProps) {
  const { label, about, required, input, standard, options } = field
  const common = { label, description: about, required, ...props }
  const hint = standard === null ? '' : String(standard)
  switch (input) {
    case 'secret':
      return (
        <PasswordInput
          {...common}
          required={required && !stored}
          autoComplete="off"
          placeholder={secretHint(field, stored)}
        />
      )
    case 'number':
      return <NumberInput {...common} placeholder={hint} allowDecimal={false} hideControls thousandSeparator="" />
    case 'switch':
      return <Switch label={label} description={about} checked={Boolean(props.value)} onChange={props.onChange} />
    case 'choice':
      return <Select {...common} data={options} allowDeselect={false} />
    case 'text':
      return <TextInput {...common} placeholder={hint} spellCheck={false} />
  }
}

function secretHint({ name }: FormField, stored: JsonObject | null): string {
  const secret = stored?.[name]
  return isStoredSecret(secret) ? `Stored ${secret.hint ?? ''} · type to replace` : ''
}
