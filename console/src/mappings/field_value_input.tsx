import { Button, Input, NativeSelect, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPencil } from '@tabler/icons-react'
import type { Field } from '../../../src/server/contract.ts'
import { constantFrom, constantText, pathsFrom } from './constant.ts'
import { describeField, type FieldForm } from './directive.ts'
import styles from './fields.module.css'
import { JsonField } from './json_field.tsx'

interface FieldValueInputProps {
  readonly name: string
  readonly field: Field | undefined
  readonly form: FieldForm
  readonly listId: string
  readonly problem: string | undefined
  readonly onChange: (form: FieldForm) => void
}

/** The input that fits how a field is filled. */
export function FieldValueInput({ name, field, form, listId, problem, onChange }: FieldValueInputProps) {
  const text = {
    size: 'xs',
    'aria-label': `Value of ${name}`,
    error: problem,
    spellCheck: false,
    classNames: { input: 'mono' },
  } as const
  switch (form.kind) {
    case 'none':
      return <span />
    case 'path':
      return (
        <TextInput
          {...text}
          list={listId}
          value={form.path}
          onChange={(change) => onChange({ ...form, path: change.currentTarget.value })}
        />
      )
    case 'first':
      return (
        <TextInput
          {...text}
          title={form.paths.join('\n')}
          value={form.paths.join(', ')}
          onChange={(change) => onChange({ ...form, paths: pathsFrom(change.currentTarget.value) })}
        />
      )
    case 'template':
      return (
        <TextInput
          {...text}
          placeholder="{{properties.name}}"
          value={form.text}
          onChange={(change) => onChange({ ...form, text: change.currentTarget.value })}
        />
      )
    case 'constant':
      return <ConstantInput name={name} field={field} form={form} problem={problem} onChange={onChange} />
    case 'json':
      return <JsonInput name={name} form={form} problem={problem} onChange={onChange} />
  }
}

type ConstantProps = Omit<FieldValueInputProps, 'listId' | 'form'> & { form: FieldForm & { kind: 'constant' } }

function ConstantInput({ name, field, form, problem, onChange }: ConstantProps) {
  const choices = field?.type === 'boolean' ? ['true', 'false'] : field?.choices
  const set = (text: string) => onChange({ kind: 'constant', value: constantFrom(text, field?.type) })
  const shown = constantText(form.value)
  if (choices) {
    return (
      <NativeSelect
        size="xs"
        aria-label={`Value of ${name}`}
        data={choices.includes(shown) ? [...choices] : [shown, ...choices]}
        value={shown}
        error={problem}
        onChange={(change) => set(change.currentTarget.value)}
      />
    )
  }
  return (
    <TextInput
      size="xs"
      aria-label={`Value of ${name}`}
      value={shown}
      error={problem}
      onChange={(change) => set(change.currentTarget.value)}
    />
  )
}

type JsonProps = Pick<FieldValueInputProps, 'name' | 'problem' | 'onChange'> & { form: FieldForm & { kind: 'json' } }

function JsonInput({ name, form, problem, onChange }: JsonProps) {
  const [opened, { toggle }] = useDisclosure(false)
  return (
    <>
      <Button
        size="xs"
        px={10}
        variant="default"
        fullWidth
        justify="space-between"
        rightSection={<IconPencil size={13} />}
        classNames={{ label: styles['jsonLabel']! }}
        title={describeField(form)}
        aria-label={`${opened ? 'Close' : 'Edit'} ${name} as JSON`}
        aria-expanded={opened}
        onClick={toggle}
      >
        {describeField(form)}
      </Button>
      {opened && (
        <div className={styles['json']}>
          <JsonField
            value={form.value}
            label={`${name} as JSON`}
            onChange={(value) => onChange({ kind: 'json', value })}
          />
        </div>
      )}
      {problem && (
        <Input.Error className={styles['json']!} role="alert">
          {problem}
        </Input.Error>
      )}
    </>
  )
}
