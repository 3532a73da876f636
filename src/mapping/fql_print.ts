import type { Operand, Scalar, Trigger } from './trigger.ts'

/**
 * A trigger as FQL, spelt the one way we spell it: `parseTrigger(printTrigger(trigger))` gives the same tree.
 * A group without parts has no FQL and prints as `always` or `never`.
 */
export function printTrigger(trigger: Trigger): string {
  switch (trigger.kind) {
    case 'and':
      return (
        trigger.parts.map((part) => (isGroup(part) ? `(${printTrigger(part)})` : printTrigger(part))).join(' and ') ||
        'always'
      )
    case 'or':
      return (
        trigger.parts
          .map((part) => (part.kind === 'or' ? `(${printTrigger(part)})` : printTrigger(part)))
          .join(' or ') || 'never'
      )
    case 'not':
      return `!(${printTrigger(trigger.part)})`
    case 'equal':
      return `${printOperand(trigger.of)} = ${printScalar(trigger.value)}`
    case 'different':
      return `${printOperand(trigger.of)} != ${printScalar(trigger.value)}`
    case 'order':
      return `${printOperand(trigger.of)} ${trigger.operator} ${trigger.value}`
    case 'in':
      return `${printOperand(trigger.of)} in [${trigger.values.map(printScalar).join(', ')}]`
    case 'contains':
      return `${trigger.negated ? '!' : ''}contains(${printOperand(trigger.of)}, ${printScalar(trigger.text)})`
    case 'match':
      return `${trigger.negated ? '!' : ''}match(${printOperand(trigger.of)}, ${printScalar(trigger.pattern)})`
  }
}

/** A field as FQL writes it, with a backslash before every character outside `A-Z a-z 0-9 _ -`. */
export const printPath = (path: readonly string[]): string =>
  path.map((name) => name.replace(/[^\w-]/gu, '\\$&')).join('.')

const isGroup = (trigger: Trigger): boolean => trigger.kind === 'and' || trigger.kind === 'or'

const printOperand = ({ path, through }: Operand): string =>
  through ? `${through}(${printPath(path)})` : printPath(path)

// JSON's escapes are a subset of those that FQL texts take here.
const printScalar = (value: Scalar): string => JSON.stringify(value)
