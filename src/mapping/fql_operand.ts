import type { FqlScanner } from './fql_scanner.ts'
import type { Operand, Through } from './trigger.ts'
import { fieldProblem, nearest } from './trigger_fields.ts'

/** The name of a function; its parenthesis stays. */
export const CALL = /(?!(?:and|or|not|in)\b)[a-z_]+(?=[ \t\r\n]*\()/iy
const OPEN = /\(/y
const CLOSE = /\)/y
const ROOT = /(?!(?:and|or|not|in)(?![\w.-]))(?:[a-zA-Z_]|\\.)(?:[\w-]|\\.)*/suy
const SEGMENT = /(?:[\w-]|\\.)+/suy
const INDEX = /\[\d+\]/y
const DOT = /\./y

/** Functions that are conditions by themselves. */
export const PREDICATES: readonly string[] = ['contains', 'match', 'exists']
const FUNCTIONS = [...PREDICATES, 'length', 'lowercase', 'uppercase', 'typeof']

/** Reads a field, or a function of a field. */
export function readOperand(scan: FqlScanner): Operand {
  const name = scan.peek(CALL)
  if (name === null) return { path: readPath(scan), through: null }
  const through = asThrough(name) ?? scan.fail(callProblem(name))
  scan.take(CALL)
  expectPiece(scan, OPEN, '"("')
  const path = readPath(scan)
  expectPiece(scan, CLOSE, '")"')
  return { path, through }
}

function asThrough(name: string): Through | null {
  return name === 'length' || name === 'lowercase' || name === 'uppercase' || name === 'typeof' ? name : null
}

function callProblem(name: string): string {
  if (FUNCTIONS.includes(name)) return `${name}() cannot stand here; write a field`
  const known = nearest(name, FUNCTIONS)
  return `unknown function "${name}"; ${known ? `did you mean "${known}"?` : `write one of ${FUNCTIONS.join(', ')}`}`
}

function readPath(scan: FqlScanner): readonly string[] {
  const start = scan.position
  const root = scan.take(ROOT) ?? scan.failFound('write a condition, such as event = "Order Completed"')
  const path = [withoutBackslashes(root)]
  for (let next = readSegment(scan); next !== null; next = readSegment(scan)) path.push(next)
  const problem = fieldProblem(path)
  if (problem !== null) scan.fail(problem, start)
  return path
}

/** What follows a name without a blank: `.name`, `.0` or `[0]`; null when the path ends. */
function readSegment(scan: FqlScanner): string | null {
  const index = scan.takeAdjacent(INDEX)
  if (index !== null) return index.slice(1, -1)
  if (scan.takeAdjacent(DOT) === null) return null
  const segment = scan.takeAdjacent(SEGMENT) ?? scan.failFound('write the name of a field after the dot')
  return withoutBackslashes(segment)
}

const withoutBackslashes = (name: string): string => name.replace(/\\(.)/gsu, '$1')

/** Takes a piece that must stand here; `wanted` says what to write when it does not. */
export function expectPiece(scan: FqlScanner, piece: RegExp, wanted: string): string {
  return scan.take(piece) ?? scan.failFound(`write ${wanted}`)
}
