import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Json, JsonObject } from '../core/json.ts'
import { compareWithSegment } from './fql_compare.ts'
import { parseTrigger } from './fql_parse.ts'
import { printTrigger } from './fql_print.ts'
import { readLikeSegment } from './fql_segment.ts'
import type { Condition, Operand, Through, Trigger } from './trigger.ts'
import { compileTrigger } from './trigger_compile.ts'
import { showTriggerError, TriggerError } from './trigger_error.ts'
import { explainTrigger } from './trigger_explain.ts'
import { globProblem } from './trigger_glob.ts'

const ROOTS = ['type', 'event', 'name', 'userId', 'anonymousId', 'messageId', 'groupId', 'channel']
const NESTED = ['properties', 'traits', 'context', 'integrations']
const NAMES = ['a', 'b', '0', 'and', 'a b', 'a.b', 'length', 'constructor', '__proto__', 'toString']

const name = fc.oneof(fc.constantFrom(...NAMES), fc.string({ unit: 'binary', minLength: 1, maxLength: 4 }))
const path = fc.oneof(
  fc.constantFrom(...ROOTS).map((root) => [root]),
  fc.tuple(fc.constantFrom(...NESTED), fc.array(name, { maxLength: 3 })).map(([root, names]) => [root, ...names]),
)
const text = fc.oneof(fc.constantFrom('A', 'a', 'AbA', '', '10', 'true'), fc.string({ unit: 'binary', maxLength: 8 }))
const number = fc.oneof(
  fc.constantFrom(0, 1, 10, -1, 9.5),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (Number.isInteger(value) ? 7 : value)),
)
const scalar = fc.oneof(text, number, fc.boolean(), fc.constant(null))
const pattern = fc
  .array(fc.oneof(fc.constantFrom('*', '?', 'A', 'b', '\\*', '\\['), text), { maxLength: 5 })
  .map((parts) => parts.join(''))
  .filter((glob) => globProblem(glob) === null)

// Plain objects, as parseTrigger gives them.
const record = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) => fc.record<T>(model, { noNullPrototype: true })

const plain = path.map((fields): Operand => ({ path: fields, through: null }))
const through = (name: Through) => path.map((fields): Operand => ({ path: fields, through: name }))
const condition: fc.Arbitrary<Condition> = fc.oneof(
  record({ kind: fc.constant('equal' as const), of: plain, value: scalar }),
  record({ kind: fc.constant('different' as const), of: plain, value: fc.oneof(text, number, fc.constant(null)) }),
  record({
    kind: fc.constant('order' as const),
    of: fc.oneof(plain, through('length')),
    operator: fc.constantFrom('<' as const, '<=' as const, '>' as const, '>=' as const),
    value: number,
  }),
  record({ kind: fc.constant('in' as const), of: plain, values: fc.array(scalar, { minLength: 1, maxLength: 3 }) }),
  record({
    kind: fc.constant('equal' as const),
    of: through('typeof'),
    value: fc.constantFrom('string', 'number', 'bool', 'list', 'object', 'null'),
  }),
  record({
    kind: fc.constant('different' as const),
    of: through('uppercase'),
    value: text.map((value) => value.toUpperCase()),
  }),
  record({
    kind: fc.constant('contains' as const),
    of: fc.oneof(plain, through('lowercase')),
    text: text.map((value) => value.toLowerCase()),
    negated: fc.boolean(),
  }),
  record({ kind: fc.constant('match' as const), of: plain, pattern, negated: fc.boolean() }),
)

const { trigger } = fc.letrec<{ trigger: Trigger }>((tie) => ({
  trigger: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    condition,
    record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      parts: fc.array(tie('trigger'), { minLength: 2, maxLength: 3 }),
    }),
    record({ kind: fc.constant('not' as const), part: tie('trigger') }),
  ),
}))

// Object.fromEntries makes `__proto__` a key like any other, as JSON.parse does.
const object = (keys: readonly string[], value: fc.Arbitrary<Json>): fc.Arbitrary<JsonObject> =>
  fc
    .uniqueArray(fc.tuple(fc.constantFrom(...keys), value), { selector: ([key]) => key, maxLength: 6 })
    .map(Object.fromEntries)
const leaf: fc.Arbitrary<Json> = fc.oneof(scalar, fc.array(scalar, { maxLength: 2 }))
const inner = fc.oneof({ weight: 3, arbitrary: leaf }, { weight: 1, arbitrary: object(NAMES, leaf) })
const event = fc
  .tuple(object(ROOTS, leaf), object(NESTED, fc.oneof(leaf, object(NAMES, inner))))
  .map(([roots, nested]): JsonObject => ({ ...roots, ...nested }))

/** The meaning of a trigger, told again as plainly as can be. */
function naive(tree: Trigger, from: JsonObject): boolean {
  switch (tree.kind) {
    case 'and':
      return tree.parts.every((part) => naive(part, from))
    case 'or':
      return tree.parts.some((part) => naive(part, from))
    case 'not':
      return !naive(tree.part, from)
    default:
      return naiveCondition(tree, applied(tree.of.through, tree.of.path.reduce<unknown>(ownValue, from) ?? null))
  }
}

function naiveCondition(tree: Condition, found: unknown): boolean {
  switch (tree.kind) {
    case 'equal':
      return found === tree.value
    case 'different':
      return found !== tree.value && (typeof tree.value !== 'number' || typeof found === 'number')
    case 'order':
      return typeof found === 'number' && ordered(found, tree.operator, tree.value)
    case 'in':
      return tree.values.some((value) => found === value)
    case 'contains':
      return typeof found === 'string' && found.indexOf(tree.text) >= 0 !== tree.negated
    case 'match':
      return typeof found === 'string' && globbed(tree.pattern, found) !== tree.negated
  }
}

const ownValue = (value: unknown, key: string): unknown =>
  value instanceof Object ? Object.getOwnPropertyDescriptor(value, key)?.value : undefined

function applied(name: Through | null, value: unknown): unknown {
  if (name === null) return value
  if (name === 'length') {
    if (typeof value === 'string') return new TextEncoder().encode(value).length
    return value === null ? 0 : Array.isArray(value) ? value.length : undefined
  }
  if (name === 'typeof') {
    if (Array.isArray(value)) return 'list'
    return value === null ? 'null' : (typeof value).replace('boolean', 'bool')
  }
  if (typeof value !== 'string') return null
  return name === 'lowercase' ? value.toLowerCase() : value.toUpperCase()
}

const ordered = (value: number, operator: string, limit: number): boolean =>
  (operator.includes('=') && value === limit) || (operator.includes('<') ? value < limit : value > limit)

function globbed(glob: string, value: string): boolean {
  const source = glob.replace(/\\(.)|([*?])|./gsu, (whole, escaped, wild) => {
    if (wild) return wild === '*' ? '.*' : '.'
    return `\\u{${(escaped ?? whole).codePointAt(0).toString(16)}}`
  })
  return new RegExp(`^(?:${source})$`, 'su').test(value)
}

test('printing a trigger and reading it again gives the same tree', () => {
  fc.assert(
    fc.property(trigger, (tree) => {
      const printed = printTrigger(tree)
      fc.pre(printed.length <= 5 * 1024)
      assert.deepEqual(parseTrigger(printed), tree)
    }),
  )
})

test('a compiled trigger agrees with a naive reading of its tree on any event', () => {
  fc.assert(
    fc.property(trigger, event, (tree, from) => {
      assert.equal(compileTrigger(tree)(from), naive(tree, from))
    }),
    { numRuns: 2000 },
  )
})

test('an explanation comes to the verdict of the compiled trigger', () => {
  fc.assert(
    fc.property(trigger, event, (tree, from) => {
      assert.equal(explainTrigger(tree, from).matched, compileTrigger(tree)(from))
    }),
  )
})

test('a negated group is the group of the negations under the other connective', () => {
  const negate = (part: Trigger): Trigger => ({ kind: 'not', part })
  fc.assert(
    fc.property(trigger, trigger, event, (left, right, from) => {
      const neither = compileTrigger(negate({ kind: 'or', parts: [left, right] }))
      const both = compileTrigger({ kind: 'and', parts: [negate(left), negate(right)] })
      assert.equal(neither(from), both(from))
      assert.equal(compileTrigger(negate(left))(from), !compileTrigger(left)(from))
    }),
  )
})

const PIECES = [
  ...['type', 'event', 'properties.a', 'properties', 'anonymousId', 'traits.a\\.b', 'contains', 'match', 'length'],
  ...['=', '!=', '<', '>=', 'in', '"A"', "'A'", '"A*"', '10', '-1.5', '1e3', 'true', 'null', 'and', 'or', 'AND', 'not'],
  ...['(', ')', '!', ',', '.', '[0]', '[', ']', '\\', '"', 'event = "A"', 'contains(event, "A")', 'type != "track"'],
]
const soup = fc
  .array(fc.tuple(fc.constantFrom(...PIECES), fc.constantFrom(' ', ' ', '', '\n')), { maxLength: 12 })
  .map((pieces) => pieces.flat().join(''))
const anyText = fc.oneof({ weight: 3, arbitrary: soup }, { weight: 1, arbitrary: fc.string({ unit: 'binary' }) })

test('any text is read as a trigger or refused at one of its characters', () => {
  fc.assert(
    fc.property(anyText, (written) => {
      try {
        const tree = parseTrigger(written)
        assert.deepEqual(parseTrigger(printTrigger(tree)), tree)
      } catch (error) {
        if (!(error instanceof TriggerError)) throw error
        assert.ok(error.position >= 0 && error.position <= written.length)
        assert.ok(showTriggerError(error).endsWith('^'))
      }
    }),
    { numRuns: 2000 },
  )
})

const imported = fc
  .array(fc.tuple(fc.constantFrom(' and ', ' or ', ' and('), condition), { minLength: 1, maxLength: 3 })
  .map((parts) =>
    parts
      .map(([joint, part]) => joint + printTrigger(part))
      .join('')
      .replace(/^ (?:and|or)[ (]/, ''),
  )

test('when Segment and we read a text the same, we fire on the same events', () => {
  fc.assert(
    fc.property(fc.oneof(anyText, imported), event, (written, from) => {
      if (!compareWithSegment(written).same) return
      assert.equal(compileTrigger(parseTrigger(written))(from), compileTrigger(readLikeSegment(written))(from))
    }),
    { numRuns: 2000 },
  )
})
