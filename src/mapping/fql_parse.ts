import { readComparison, readPredicate } from './fql_condition.ts'
import { FqlScanner } from './fql_scanner.ts'
import type { Trigger } from './trigger.ts'
import { TriggerError } from './trigger_error.ts'

/** Longest trigger, in characters; FQL's own limit is 5 KB. */
const TEXT_LENGTH_MAX = 5 * 1024
/** Most parentheses inside one another; real triggers have two or three. */
const DEPTH_MAX = 32

const AND = /and(?![\w.-])/iy
const OR = /or(?![\w.-])/iy
const NOT = /!|not(?![\w.-])/iy
const OPEN = /\(/y
const CLOSE = /\)/y

/**
 * Reads a trigger written in FQL. What is written is what it means: `and` binds tighter than `or`, parentheses nest,
 * `!( … )` negates; what has no single meaning is refused. Throws a TriggerError that points at the character at fault.
 */
export function parseTrigger(text: string): Trigger {
  if (text.length > TEXT_LENGTH_MAX)
    throw new TriggerError(text, TEXT_LENGTH_MAX, 'the text is longer than 5 KB; write two shorter triggers')
  const scan = new FqlScanner(text)
  const trigger = readOr(scan, 0)
  if (!scan.isAtEnd) scan.failFound('join conditions with "and" or "or"')
  return trigger
}

const readOr = (scan: FqlScanner, depth: number): Trigger => readJoined(scan, 'or', OR, () => readAnd(scan, depth))

const readAnd = (scan: FqlScanner, depth: number): Trigger => readJoined(scan, 'and', AND, () => readUnit(scan, depth))

function readJoined(scan: FqlScanner, kind: 'and' | 'or', connective: RegExp, readPart: () => Trigger): Trigger {
  const parts = [readPart()]
  while (scan.take(connective) !== null) parts.push(readPart())
  return parts.length === 1 ? parts[0]! : { kind, parts }
}

function readUnit(scan: FqlScanner, depth: number): Trigger {
  if (scan.take(NOT) !== null) return readNegation(scan, depth)
  return readGroup(scan, depth) ?? readPredicate(scan, false) ?? readComparison(scan)
}

/** `!contains(…)` is a condition of its own, false on a missing field; `!( … )` is the exact opposite of its inside. */
function readNegation(scan: FqlScanner, depth: number): Trigger {
  const group = readGroup(scan, depth)
  if (group !== null) return { kind: 'not', part: group }
  return readPredicate(scan, true) ?? scan.failFound('write !( … ) around what is negated')
}

/** Null when no parenthesis opens here. */
function readGroup(scan: FqlScanner, depth: number): Trigger | null {
  const start = scan.position
  if (scan.take(OPEN) === null) return null
  if (depth === DEPTH_MAX) scan.fail(`more than ${DEPTH_MAX} parentheses inside one another; write it flatter`, start)
  const trigger = readOr(scan, depth + 1)
  if (scan.take(CLOSE) === null) scan.failFound('write "and", "or" or a closing ")"')
  return trigger
}
