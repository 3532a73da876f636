import { type Checked, checkResource, identityOf, isChecked, type Known, type ResourceProblem } from '../configure.ts'
import { isObject, type Json, type JsonObject } from '../core/json.ts'
import { suggestion } from '../core/nearest.ts'
import { isKind, KIND_ORDER, type Kind, secretFieldsOf } from '../kinds.ts'
import type { FileResource, ProblemAt } from './parse_file.ts'
import type { FileProblem } from './problem.ts'
import { parseReference } from './secret_reference.ts'
import { knownPart, specSchema, unknownKeys } from './spec_schema.ts'

/** A resource as the files want it, checked; a secret stands as `{ value, ref }`, both the reference until it is resolved. */
export interface DesiredResource extends Checked {
  readonly from: FileResource
}

/** What the files want, or what is wrong with them. */
export interface CheckedFiles {
  /** In the order in which they may refer to one another. */
  readonly desired: readonly DesiredResource[]
  readonly problems: readonly FileProblem[]
}

/** What the files stand beside. */
export interface Beside {
  /** Specs of what is stored, by identity. */
  readonly stored: Known
  /** Whether the files may refer to what is stored; what is about to be removed is nothing to refer to. */
  readonly mayRefer: boolean
}

/** Checks resources against one another and against what they stand beside. Resolves no secret. */
export function checkFiles(resources: readonly FileResource[], { stored, mayRefer }: Beside): CheckedFiles {
  const beside: Known = mayRefer ? stored : new Map()
  const known = new Map([...beside, ...resources.map((one) => [identityOf(one), one.spec] as const)])
  const twins = twinProblems(resources)
  const results = resources.map((one) => check(one, known))
  const desired = KIND_ORDER.flatMap((kind) =>
    results.flatMap((one) => (one.desired?.kind === kind ? one.desired : [])),
  )
  const problems = [...twins, ...results.flatMap((one) => one.problems), ...movedSyncs(resources, stored)]
  return { desired, problems }
}

interface Result {
  readonly desired: DesiredResource | null
  readonly problems: readonly FileProblem[]
}

function check(resource: FileResource, known: Known): Result {
  const { kind, name, spec } = resource
  if (!isKind(kind)) return failed(resource, [unknownKind(kind)])
  const own = [...strangers(kind, spec), ...secretProblems(kind, spec), ...strayReferences(kind, spec)]
  const understood = knownPart(specSchema(kind), withReferences(kind, spec)) as JsonObject
  const checked = checkResource({ kind, name, spec: understood }, known)
  if (isChecked(checked)) {
    return own.length > 0 ? failed(resource, own) : { desired: { ...checked, from: resource }, problems: [] }
  }
  const said = new Set(own.map(({ path }) => path))
  const others = checked.filter(({ path }) => !said.has(path))
  return failed(resource, [...own, ...others.map(inPlainWords)])
}

const failed = (resource: FileResource, problems: readonly ProblemAt[]): Result => ({
  desired: null,
  problems: problems.map(resource.problem),
})

const unknownKind = (kind: string): ProblemAt => ({
  path: 'kind',
  message: `"${kind}" is no kind${suggestion(kind, KIND_ORDER)}; known are ${KIND_ORDER.join(', ')}`,
})

function strangers(kind: Kind, spec: JsonObject): readonly ProblemAt[] {
  return unknownKeys(specSchema(kind), spec, 'spec').map(({ path, key, known }) => ({
    path: `${path}.${key}`,
    message: `is not known here${suggestion(key, known)}; known are ${known.join(', ')}`,
    onKey: true,
  }))
}

const HOW = `such as \${env:TIKTOK_ACCESS_TOKEN} or \${file:/run/secrets/tiktok}`

function secretProblems(kind: Kind, spec: JsonObject): readonly ProblemAt[] {
  return secretFieldsOf(kind)
    .filter((field) => spec[field] !== undefined && referenceAt(spec[field]) === null)
    .map((field) => ({
      path: `spec.${field}`,
      message: `must be a reference, ${HOW}; secrets themselves have no place in files`,
    }))
}

function strayReferences(kind: Kind, spec: JsonObject): readonly ProblemAt[] {
  const secret = secretFieldsOf(kind)
  const others = Object.entries(spec).filter(([field]) => !secret.includes(field))
  return others
    .flatMap(([field, value]) => textsIn(value, `spec.${field}`))
    .filter(({ text }) => parseReference(text) !== null)
    .map(({ path }) => ({ path, message: 'takes no reference; only secrets do, so write the value itself' }))
}

function textsIn(value: Json, path: string): readonly { readonly path: string; readonly text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }]
  if (Array.isArray(value)) return value.flatMap((item, i) => textsIn(item, `${path}[${i}]`))
  return isObject(value) ? Object.entries(value).flatMap(([key, item]) => textsIn(item, `${path}.${key}`)) : []
}

const referenceAt = (value: Json | undefined): string | null =>
  typeof value === 'string' && parseReference(value) !== null ? value : null

function withReferences(kind: Kind, spec: JsonObject): JsonObject {
  const references = secretFieldsOf(kind).flatMap((field): [string, Json][] => {
    const ref = referenceAt(spec[field])
    return ref === null ? [] : [[field, { value: ref, ref }]]
  })
  return { ...spec, ...Object.fromEntries(references) }
}

/** Other parts' own words, for people with a file before them. */
const PLAIN: readonly (readonly [RegExp, string])[] = [
  [/^Invalid input: expected string, received undefined$/, 'is required'],
  [/^Invalid input: expected (\w+), received undefined$/, 'is required: $1'],
  [/^Invalid option: expected (.*)$/, 'must be $1'],
  [/^Invalid discriminator value. Expected (.*)$/, 'must be $1'],
  [/^Invalid input: expected string, received (number|boolean)$/, 'must be text, not a $1; put it in quotes'],
  [/^Invalid input: expected (\w+), received (\w+)$/, 'must be $1, not $2'],
  // The place in the file says it better.
  [/^Cannot read the trigger at line \d+, column \d+/, 'Cannot read the trigger'],
]

function inPlainWords(problem: ResourceProblem): ResourceProblem {
  const [pattern, words] = PLAIN.find(([one]) => one.test(problem.message)) ?? []
  return pattern === undefined ? problem : { ...problem, message: problem.message.replace(pattern, words!) }
}

function twinProblems(resources: readonly FileResource[]): readonly FileProblem[] {
  const byIdentity = Map.groupBy(resources, identityOf)
  return [...byIdentity.values()].flatMap(([first, ...others]) =>
    others.map((other) => {
      const { file, line } = first!.place
      return other.problem({ path: 'name', message: `stands in ${file}:${line} already; take one of the two out` })
    }),
  )
}

/** The books of a sync are part of those of its source. */
function movedSyncs(resources: readonly FileResource[], stored: Known): readonly FileProblem[] {
  return resources
    .filter(({ kind }) => kind === 'sync')
    .flatMap((sync) => {
      const [was, is] = [sourceOf(stored.get(identityOf(sync))), sourceOf(sync.spec)]
      if (was === null || is === null || was === is) return []
      const message = `the stored sync reads "${was}" and keeps its books with it; give the one that reads "${is}" another name`
      return [sync.problem({ path: 'spec.from.event_source', message })]
    })
}

function sourceOf(spec: JsonObject | undefined): string | null {
  const from = spec?.['from']
  return isObject(from) && typeof from['event_source'] === 'string' ? from['event_source'] : null
}
