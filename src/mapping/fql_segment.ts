import { type SegmentToken, segmentTokens } from './fql_segment_tokens.ts'
import type { Operand, OrderOperator, Trigger } from './trigger.ts'
import { escapeGlob } from './trigger_glob.ts'

const SINGLE_FIELDS: readonly string[] = ['type', 'event', 'name', 'userId']
const NESTED_FIELDS: readonly string[] = ['properties', 'traits', 'context']
const FUNCTIONS: readonly string[] = ['contains', 'match']

/** The trigger that no event fires. */
export const NEVER: Trigger = { kind: 'or', parts: [] }
const END: SegmentToken = { kind: 'end', text: 'eos' }

/** What some tokens mean, if anything, and where to read on. */
type Step = { readonly part: Trigger | null; readonly next: number }

class UnreadableText extends Error {}

/**
 * The trigger that Segment makes of a text, behaving as @segment/destination-subscriptions 3.37 was seen to: it drops
 * what it does not know, has no precedence and ignores `!` before a parenthesis. A text it cannot read never fires.
 * Left out: what Segment finds inside a value that is no object (a text's `length`, or `0` itself inside `0`) and in
 * prototypes; for us such fields are missing.
 */
export function readLikeSegment(text: string): Trigger {
  try {
    return readTokens(segmentTokens(text) ?? [])
  } catch (error) {
    if (error instanceof UnreadableText) return NEVER
    throw error
  }
}

/** One flat list; the last connective joins all of it. */
function readTokens(written: readonly SegmentToken[]): Trigger {
  const tokens = [...written, END]
  const parts: Trigger[] = []
  let joint: 'and' | 'or' = 'and'
  for (let at = 0; at < tokens.length && tokens[at] !== END; ) {
    if (tokens[at]!.kind === 'connective') joint = tokens[at]!.text === 'or' ? 'or' : 'and'
    const { part, next } = readStep(tokens, at)
    if (part !== null) parts.push(part)
    at = next
  }
  if (parts.length === 0) return NEVER
  return parts.length === 1 ? parts[0]! : { kind: joint, parts }
}

function readStep(tokens: readonly SegmentToken[], at: number): Step {
  const { kind, text } = tokens[at]!
  if (kind === 'word' && FUNCTIONS.includes(text)) return readFunction(tokens, at, false)
  if (kind === 'word' && isField(text.split('.')[0]!)) return readComparison(tokens, at)
  if (kind !== 'sign') return { part: null, next: at + 1 }
  if (text === '!' && isFunction(tokenAt(tokens, at + 1))) return readFunction(tokens, at + 1, true)
  return text === '(' ? readGroup(tokens, at) : { part: null, next: at + 1 }
}

const isField = (root: string): boolean => SINGLE_FIELDS.includes(root) || NESTED_FIELDS.includes(root)

const isFunction = (token: SegmentToken): boolean => token.kind === 'word' && FUNCTIONS.includes(token.text)

function tokenAt(tokens: readonly SegmentToken[], at: number): SegmentToken {
  const token = tokens[at]
  if (token === undefined) throw new UnreadableText()
  return token
}

/** Ends at the first `)`, whatever it closes. */
function readGroup(tokens: readonly SegmentToken[], at: number): Step {
  const close = tokens.findIndex(({ kind, text }, index) => index > at && kind === 'sign' && text === ')')
  if (close < 0) throw new UnreadableText()
  return { part: readTokens(tokens.slice(at + 1, close)), next: close + 1 }
}

/** Six tokens are taken, whatever they are: a name, `(`, a field, `,`, a text, `)`. */
function readFunction(tokens: readonly SegmentToken[], at: number, negated: boolean): Step {
  const field = tokenAt(tokens, at + 2).text
  const value = tokenAt(tokens, at + 4)
  const root = [...SINGLE_FIELDS.slice(1), ...NESTED_FIELDS].find((name) => isFunctionField(name, field))
  const next = at + 6
  if (root === undefined) return { part: null, next }
  const of = operand(root, field)
  if (tokens[at]!.text === 'contains') return { part: { kind: 'contains', of, text: valueText(value), negated }, next }
  return { part: { kind: 'match', of, pattern: readPattern(value), negated }, next }
}

const isFunctionField = (root: string, field: string): boolean =>
  field === root || (NESTED_FIELDS.includes(root) && field.startsWith(root))

/** A star at the end makes a prefix; anything else loses its first character and makes a suffix. */
function readPattern(value: SegmentToken): string {
  const text = valueText(value)
  return value.text.endsWith('*"') ? `${escapeGlob(text.slice(0, -1))}*` : `*${escapeGlob(text.slice(1))}`
}

/** Three tokens are taken, whatever they are: a field, an operator, a value. */
function readComparison(tokens: readonly SegmentToken[], at: number): Step {
  const field = tokens[at]!.text
  const operator = tokenAt(tokens, at + 1)
  const value = tokenAt(tokens, at + 2)
  const root = field.split('.')[0]!
  const of = operand(root, field)
  return { part: operator.kind === 'sign' ? comparison(of, operator.text, value) : NEVER, next: at + 3 }
}

function comparison(of: Operand, operator: string, value: SegmentToken): Trigger {
  switch (operator) {
    case '=':
      return { kind: 'equal', of, value: equalValue(of.path[0]!, value) }
    case '!=': {
      const unwanted = equalValue(of.path[0]!, value)
      return { kind: 'different', of, value: typeof unwanted === 'boolean' ? String(unwanted) : unwanted }
    }
    case '<':
    case '<=':
    case '>':
    case '>=':
      return order(of, operator, value)
    default:
      return NEVER
  }
}

function order(of: Operand, operator: OrderOperator, value: SegmentToken): Trigger {
  const isBoolean = NESTED_FIELDS.includes(of.path[0]!) && value.kind === 'word' && /^(?:true|false)$/.test(value.text)
  const limit = isBoolean ? Number(value.text === 'true') : Number(valueText(value)) + 0
  return Number.isNaN(limit) ? NEVER : { kind: 'order', of, operator, value: limit }
}

/** Null, true, false and numbers are texts on some fields. */
function equalValue(root: string, value: SegmentToken): string | number | boolean | null {
  const isNested = NESTED_FIELDS.includes(root)
  if (value.text === 'null' && (isNested || root === 'name' || root === 'userId')) return null
  if (/^(?:true|false)$/.test(value.text) && (isNested || root === 'userId')) return value.text === 'true'
  return value.kind === 'number' && isNested ? Number(value.text) + 0 : valueText(value)
}

function valueText({ kind, text }: SegmentToken): string {
  if (kind === 'number') return String(Number(text))
  return kind === 'text' ? text.replace(/^"|"$/g, '') : text
}

/** Backslashes are gone by now, so an escaped dot splits like any other. */
function operand(root: string, field: string): Operand {
  if (SINGLE_FIELDS.includes(root)) return { path: [root], through: null }
  const name = field.startsWith(`${root}.`) ? field.slice(root.length + 1) : field
  return { path: [root, ...name.split(/[.[\]]+/).filter((part) => part !== '')], through: null }
}
