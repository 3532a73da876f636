import { Input, Textarea } from '@mantine/core'
import { useId } from '@mantine/hooks'
import type { Problem } from '../../../src/server/contract.ts'
import { caretLines, faultAt } from './caret.ts'
import styles from './trigger_input.module.css'

interface TriggerInputProps {
  readonly value: string
  readonly problem: Problem | undefined
  readonly onChange: (text: string) => void
}

/** The trigger as text. What cannot be read is underlined at its character, and said below with a caret. */
export function TriggerInput({ value, problem, onChange }: TriggerInputProps) {
  const id = useId()
  const position = problem?.position
  return (
    <Input.Wrapper
      id={id}
      label="Trigger"
      description='Which events, such as: event = "Order Completed" and properties.value > 10'
    >
      <div className={styles['field']}>
        <Textarea
          id={id}
          value={value}
          autosize
          minRows={1}
          maxRows={8}
          spellCheck={false}
          error={Boolean(problem)}
          aria-invalid={Boolean(problem)}
          aria-describedby={problem ? `${id}-problem` : undefined}
          classNames={{ input: styles['text']! }}
          onChange={(change) => onChange(change.currentTarget.value)}
        />
        {position !== undefined && <Underline text={value} position={position} />}
      </div>
      {problem && (
        <div id={`${id}-problem`} role="alert" className={styles['problem']}>
          {position !== undefined && <pre className={styles['caret']}>{caretLines(value, position)}</pre>}
          {problem.message}
        </div>
      )}
    </Input.Wrapper>
  )
}

// The same text once more, unseen but for the wavy line; it wraps as the field below it does.
const Underline = ({ text, position }: { text: string; position: number }) => (
  <div className={styles['underline']} aria-hidden>
    {text.slice(0, position)}
    <span className={styles['fault']}>{faultAt(text, position)}</span>
    {text.slice(position + faultAt(text, position).length)}
  </div>
)
