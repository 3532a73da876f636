import { CALL, expectPiece, PREDICATES, readOperand } from './fql_operand.ts'
import type { FqlScanner } from './fql_scanner.ts'
import type { Condition, Operand, OrderOperator, Scalar, Through } from './trigger.ts'
import { globProblem } from './trigger_glob.ts'

const IN = /in(?![\w.-])/iy
const OPERATOR = /(?:[<>!]?=|[<>])(?![<>=])/y
const OPEN = /\(/y
const CLOSE = /\)/y
const OPEN_LIST = /[[(]/y
const CLOSE_LIST = /\]/y
const COMMA = /,/y
const NOT_IN_NAMES = /[<>=!()[\],"'&|]/y
const CONSTANT = /(?:true|false|null)(?![\w.-])/y
const BARE_WORD = /[a-z_][\w.-]*/iy

const CONSTANTS: Readonly<Record<string, Scalar>> = { true: true, false: false, null: null }
const TYPE_NAMES: readonly Scalar[] = ['string', 'number', 'bool', 'list', 'object', 'null']

/** Reads `contains(…)`, `match(…)` or `exists(…)`; null when something else stands next. */
export function readPredicate(scan: FqlScanner, negated: boolean): Condition | null {
  const name = scan.peek(CALL)
  if (name === null || !PREDICATES.includes(name)) return null
  scan.take(CALL)
  expectPiece(scan, OPEN, '"("')
  const condition = name === 'exists' ? readExists(scan, negated) : readTextPredicate(scan, name, negated)
  expectPiece(scan, CLOSE, '")"')
  return condition
}

function readExists(scan: FqlScanner, negated: boolean): Condition {
  const at = scan.position
  const of = readOperand(scan)
  check(scan, of, null, at)
  return { kind: negated ? 'equal' : 'different', of, value: null }
}

function readTextPredicate(scan: FqlScanner, name: string, negated: boolean): Condition {
  const of = readOperand(scan)
  expectPiece(scan, COMMA, `${name}(field, "text")`)
  const at = scan.position
  const text = scan.takeText() ?? scan.failFound('write a text in quotes')
  check(scan, of, text, at)
  if (name === 'contains') return { kind: 'contains', of, text, negated }
  const problem = globProblem(text)
  if (problem !== null) scan.fail(problem, at)
  return { kind: 'match', of, pattern: text, negated }
}

/** Reads `field = value` and its like, or `field in [ … ]`. */
export function readComparison(scan: FqlScanner): Condition {
  const of = readOperand(scan)
  if (scan.take(IN) !== null) return { kind: 'in', of, values: readList(scan, of) }
  const operatorAt = scan.position
  const operator = scan.take(OPERATOR) ?? scan.failFound(operatorRemedy(scan))
  const valueAt = scan.position
  const value = readValue(scan, of)
  if (operator === '=') return { kind: 'equal', of, value }
  if (operator === '!=' && typeof value !== 'boolean') return { kind: 'different', of, value }
  // Segment fires on "!= true" for every event; a reader may or may not count a missing field as "not true".
  if (operator === '!=')
    return scan.fail(`"!= ${value}" leaves a missing field open; write = ${!value}, or !( … = ${value} )`, operatorAt)
  if (typeof value !== 'number') return scan.fail(`${operator} compares numbers; write one without quotes`, valueAt)
  return { kind: 'order', of, operator: operator as OrderOperator, value }
}

function operatorRemedy(scan: FqlScanner): string {
  const glued = scan.isAdjacent && scan.peek(NOT_IN_NAMES) === null
  return glued ? 'in a field name, write a backslash before it' : 'write = != < <= > >= or in after the field'
}

function readList(scan: FqlScanner, of: Operand): readonly Scalar[] {
  const close = expectPiece(scan, OPEN_LIST, '[ and a list of values') === '[' ? ']' : ')'
  const values = [readValue(scan, of)]
  while (scan.take(COMMA) !== null) values.push(readValue(scan, of))
  expectPiece(scan, close === ']' ? CLOSE_LIST : CLOSE, `"," or "${close}"`)
  return values
}

function readValue(scan: FqlScanner, of: Operand): Scalar {
  const at = scan.position
  const value = scan.takeText() ?? scan.takeNumber() ?? readConstant(scan)
  check(scan, of, value, at)
  return value
}

function readConstant(scan: FqlScanner): Scalar {
  const constant = scan.take(CONSTANT)
  if (constant !== null) return CONSTANTS[constant]!
  const word = scan.peek(BARE_WORD) ?? scan.failFound('write a text in quotes, a number, true, false or null')
  const remedy = Object.hasOwn(CONSTANTS, word.toLowerCase()) ? word.toLowerCase() : `"${word}"`
  return scan.fail(`found the bare word ${word}; write ${remedy}`)
}

function check(scan: FqlScanner, of: Operand, value: Scalar, at: number): void {
  const problem = of.through === null ? null : valueProblem(of.through, value)
  if (problem !== null) scan.fail(problem, at)
}

/** Why a function of a field can never give this value; null when it can. */
function valueProblem(through: Through, value: Scalar): string | null {
  switch (through) {
    case 'length':
      return typeof value === 'number' ? null : 'length() gives a number; compare it with one'
    case 'typeof':
      return TYPE_NAMES.includes(value) ? null : `typeof() gives one of ${TYPE_NAMES.join(', ')}, in quotes`
    case 'lowercase':
      return value === String(value).toLowerCase() ? null : 'lowercase() gives small letters only; write them so'
    case 'uppercase':
      return value === String(value).toUpperCase() ? null : 'uppercase() gives capital letters only; write them so'
  }
}
