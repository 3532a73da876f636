import { type Document, isMap, isNode, isScalar, LineCounter, type Node, parseAllDocuments, visit } from 'yaml'
import { isObject, type JsonObject } from '../core/json.ts'
import { suggestion } from '../core/nearest.ts'
import { type Located, locate } from './locate.ts'
import type { FileProblem } from './problem.ts'
import { offsetInScalar } from './scalar_offset.ts'
import { frameAt, type Place, placeAt, type SourceFile } from './source_file.ts'

/** A resource as it stands in a file, before anything is checked but its outline. */
export interface FileResource {
  readonly kind: string
  readonly name: string
  readonly spec: JsonObject
  readonly place: Place
  /** A problem at a path of the resource; `position` is a character of the text there, `onKey` means the key itself. */
  problem(at: ProblemAt): FileProblem
}

/** A problem of a resource before its place in the file is known. */
export interface ProblemAt {
  readonly path: string
  readonly message: string
  readonly position?: number
  readonly onKey?: boolean
}

/** What a file holds; a document with a problem gives no resource. */
export interface ParsedFile {
  readonly resources: readonly FileResource[]
  readonly problems: readonly FileProblem[]
}

const ROOT_KEYS = ['kind', 'name', 'spec']

/** Reads the resources of a YAML file, one a document; empty documents are passed over. Never throws. */
export function parseFile(path: string, text: string): ParsedFile {
  const lines = new LineCounter()
  // Keys of a map in a merge (<<) would stand in two places at once; anchors and aliases are enough.
  const documents = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, merge: false })
  const source = { path, text, lines }
  const parsed = (Array.isArray(documents) ? documents : []).map((document) => parseDocument(source, document))
  return {
    resources: parsed.flatMap(({ resources }) => resources),
    problems: parsed.flatMap(({ problems }) => problems),
  }
}

function parseDocument(source: SourceFile, document: Document.Parsed): ParsedFile {
  const faults = [...document.errors, ...document.warnings]
  if (faults.length > 0) {
    return refused(faults.map(({ pos, message }) => bare(source, pos[0], `Cannot read the YAML: ${message}`)))
  }
  const root = document.contents
  if (root === null || (isScalar(root) && root.value === null)) return NOTHING
  const problems = [...numberProblems(source, document), ...outlineProblems(source, root)]
  if (problems.length > 0) return refused(problems)
  return toResource(source, document, root)
}

const NOTHING: ParsedFile = { resources: [], problems: [] }

const refused = (problems: readonly FileProblem[]): ParsedFile => ({ resources: [], problems })

/** A problem of which nobody can tell the resource. */
const bare = (source: SourceFile, offset: number, message: string): FileProblem => ({
  ...placeAt(source, offset),
  resource: null,
  path: null,
  message,
})

/** Ids of TikTok have 19 digits and would come out as another number. */
function numberProblems(source: SourceFile, document: Document.Parsed): readonly FileProblem[] {
  const problems: FileProblem[] = []
  visit(document, {
    Scalar(_key, { value, range, source: digits }) {
      if (typeof value !== 'number' || Number.isSafeInteger(value)) return
      if (Number.isFinite(value) && !Number.isInteger(value)) return
      const message = `the number ${digits} cannot be held exactly; put it in quotes`
      problems.push(bare(source, range![0], `Cannot read the YAML: ${message}`))
    },
  })
  return problems
}

function outlineProblems(source: SourceFile, root: Node): readonly FileProblem[] {
  const problem = (node: unknown, message: string) =>
    bare(source, isNode(node) ? node.range![0] : root.range![0], `Cannot read the resource: ${message}`)
  if (!isMap(root)) return [problem(root, 'a document is a map with kind, name and spec')]
  const strangers = root.items
    .map(({ key }) => ({ key, text: isScalar(key) ? String(key.value) : String(key) }))
    .filter(({ text }) => !ROOT_KEYS.includes(text))
    .map(({ key, text }) => problem(key, `"${text}" is not one of kind, name, spec${suggestion(text, ROOT_KEYS)}`))
  const missing = ROOT_KEYS.filter((key) => !root.has(key)).map((key) => problem(root, `it has no ${key}`))
  return [...strangers, ...missing, ...shapeProblems(root.get('kind', true), root.get('name', true), problem)]
}

function shapeProblems(
  kind: unknown,
  name: unknown,
  problem: (node: unknown, message: string) => FileProblem,
): readonly FileProblem[] {
  const notText = (node: unknown) => isNode(node) && !(isScalar(node) && typeof node.value === 'string')
  return [
    ...(notText(kind) ? [problem(kind, 'its kind is not text')] : []),
    ...(notText(name) ? [problem(name, 'its name is not text; put it in quotes')] : []),
  ]
}

function toResource(source: SourceFile, document: Document.Parsed, root: Node): ParsedFile {
  let value: unknown
  try {
    value = document.toJS()
  } catch (error) {
    // An alias of an alias of an alias … can stand for more than memory holds.
    return refused([bare(source, root.range![0], `Cannot read the YAML: ${(error as Error).message}`)])
  }
  const { kind, name, spec } = value as { kind: string; name: string; spec: unknown }
  const resource = `${kind}/${name}`
  const problem = (at: ProblemAt): FileProblem => ({
    ...placed(source, locate(root, at.path), at),
    resource,
    path: at.path,
    message: at.message,
  })
  if (!isObject(spec)) return refused([problem({ path: 'spec', message: 'is not a map of fields' })])
  const place = placeAt(source, root.range![0])
  return { resources: [{ kind, name, spec, place, problem }], problems: [] }
}

function placed(
  source: SourceFile,
  { node, key, whole }: Located,
  { position, onKey }: ProblemAt,
): Place & Pick<FileProblem, 'frame'> {
  if (whole && position !== undefined && isScalar(node)) {
    const offset = offsetInScalar(node, source.text, position)
    return { ...placeAt(source, offset), frame: frameAt(source, offset) }
  }
  const shown = (onKey || !whole) && key !== null ? key : node
  return placeAt(source, shown.range![0])
}
