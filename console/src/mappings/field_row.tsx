import { ActionIcon, NativeSelect, Tooltip } from '@mantine/core'
import { IconArrowBackUp, IconInfoCircle, IconLock, IconX } from '@tabler/icons-react'
import { memo } from 'react'
import type { Field, Json, Problem } from '../../../src/server/contract.ts'
import { changeKind, type FormKind, readField, writeField } from './directive.ts'
import { FieldValueInput } from './field_value_input.tsx'
import styles from './fields.module.css'
import type { Tried } from './live_test.ts'

const KINDS: readonly { readonly value: FormKind; readonly label: string }[] = [
  { value: 'path', label: 'Path' },
  { value: 'first', label: 'First of' },
  { value: 'template', label: 'Template' },
  { value: 'constant', label: 'Constant' },
  { value: 'json', label: 'JSON' },
  { value: 'none', label: 'Not sent' },
]

interface FieldRowProps {
  readonly name: string
  /** Undefined for a name the destination does not know. */
  readonly field: Field | undefined
  /** Undefined while a required field is not filled. */
  readonly value: Json | undefined
  /** What the preset fills it with. */
  readonly given: Json | undefined
  readonly isOwn: boolean
  readonly tried: Tried | undefined
  readonly problems: readonly Problem[]
  readonly listId: string
  readonly onChange: (value: Json | undefined) => void
}

/** One TikTok field: what it is, how it is filled, and what that gives for the chosen event. */
export const FieldRow = memo(function FieldRow(props: FieldRowProps) {
  const { name, field, value, given, isOwn, onChange } = props
  const form = readField(value ?? null)
  const problem = props.problems[0]?.message ?? (field ? undefined : 'The destination has no such field')
  return (
    <li className={styles['field']} data-own={isOwn || undefined}>
      <FieldName name={name} field={field} />
      <NativeSelect
        size="xs"
        aria-label={`How ${name} is filled`}
        data={[...KINDS]}
        value={form.kind}
        onChange={(change) => onChange(writeField(changeKind(form, change.currentTarget.value as FormKind)))}
      />
      <FieldValueInput
        name={name}
        field={field}
        form={form}
        listId={props.listId}
        problem={problem}
        onChange={(next) => onChange(writeField(next))}
      />
      <RowAction name={name} isOwn={isOwn} isGiven={given !== undefined} onChange={onChange} />
      <Outcome name={name} field={field} tried={props.tried} />
    </li>
  )
})

function FieldName({ name, field }: { name: string; field: Field | undefined }) {
  return (
    <span className={styles['name']}>
      <span className="mono wrap">{name}</span>
      {field?.required && (
        <span className={styles['star']} role="img" aria-label="required">
          *
        </span>
      )}
      {field?.hashed && (
        <Tooltip label="Normalised and hashed before it leaves">
          <IconLock size={13} aria-label="hashed" />
        </Tooltip>
      )}
      {field && (
        <Tooltip label={helpOf(field)}>
          <IconInfoCircle size={14} aria-label={helpOf(field)} tabIndex={0} className={styles['help']} />
        </Tooltip>
      )}
    </span>
  )
}

function helpOf({ about, type, example, many, choices }: Field): string {
  const kind = `${type}${many ? ', one or many' : ''}`
  const allowed = choices && choices.length <= 12 ? ` One of ${choices.join(', ')}.` : ''
  return `${about} (${kind})${allowed}${example === undefined ? '' : ` Example: ${JSON.stringify(example)}`}`
}

interface RowActionProps {
  readonly name: string
  readonly isOwn: boolean
  readonly isGiven: boolean
  readonly onChange: (value: Json | undefined) => void
}

// Null stands over the preset's value, and TikTok gets nothing.
function RowAction({ name, isOwn, isGiven, onChange }: RowActionProps) {
  if (isOwn) {
    const label = isGiven ? `Take ${name} from the preset again` : `Remove ${name}`
    return (
      <Tooltip label={label}>
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label={label} onClick={() => onChange(undefined)}>
          {isGiven ? <IconArrowBackUp size={15} /> : <IconX size={15} />}
        </ActionIcon>
      </Tooltip>
    )
  }
  if (!isGiven) return <span />
  return (
    <Tooltip label={`Leave out ${name}`}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        aria-label={`Leave out ${name}`}
        onClick={() => onChange(null)}
      >
        <IconX size={15} />
      </ActionIcon>
    </Tooltip>
  )
}

function Outcome({ name, field, tried }: { name: string; field: Field | undefined; tried: Tried | undefined }) {
  const mapped = tried?.delivery?.mapped
  if (!mapped) return null
  const reason = [tried.delivery?.reason, ...(tried.delivery?.warnings ?? [])].find(
    (one) => one?.field === name || (one?.field !== undefined && one.field === field?.wire),
  )
  const value = mapped[name]
  return (
    <span className={styles['outcome']} data-problem={reason ? true : undefined}>
      {shownValue(value)}
      {reason && ` · ${reason.message}`}
    </span>
  )
}

function shownValue(value: Json | undefined) {
  if (value === undefined) return <em>nothing in this event</em>
  return value === null ? <em>left out</em> : JSON.stringify(value)
}
