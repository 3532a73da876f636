import { join } from 'node:path'
import { type Document, parseAllDocuments } from 'yaml'
import { identityOf } from '../configure.ts'
import { isObject, type Json } from '../core/json.ts'
import { isKind, type Kind, secretFieldsOf } from '../kinds.ts'
import type { StoredResource } from '../store/resources.ts'
import type { DesiredResource } from './check_files.ts'
import { planChanges } from './plan_changes.ts'
import { newDocument, toFileSpec, updateSpec, withoutReference, YAML_STYLE } from './write_resource.ts'

/** What a pull would write, and what it leaves. */
export interface Pulled {
  /** Files that change, with their whole new text. */
  readonly files: ReadonlyMap<string, string>
  readonly unchanged: number
  /** Resources that stand in files and nowhere else; their files are left as they are. */
  readonly onlyInFiles: readonly string[]
  /** `account/main access_token`: secrets that were set without a reference. */
  readonly withoutReference: readonly string[]
}

/** Where a pull writes, and what is there. */
export interface PullOptions {
  /** A folder, or one YAML file for everything. */
  readonly out: string
  /** What stands in the files already. */
  readonly present: readonly DesiredResource[]
  /** Text of a file; null when there is none. */
  read(path: string): string | null
}

/** What the files must hold to say what is stored: documents that are there are changed in place, others are added. */
export function pullFiles(stored: readonly StoredResource[], { out, present, read }: PullOptions): Pulled {
  const byIdentity = new Map(stored.map((resource) => [identityOf(resource), resource]))
  const known = present.map((resource) => withStoredSecrets(resource, byIdentity.get(identityOf(resource))))
  const { changes, unchanged } = planChanges(known, stored)
  const open = new Map<string, Document[]>()
  const documentsOf = (path: string): Document[] => {
    const documents = open.get(path) ?? readDocuments(read(path))
    open.set(path, documents)
    return documents
  }

  for (const { action, kind, name, desired } of changes) {
    const resource = byIdentity.get(identityOf({ kind, name }))
    if (action === 'delete') documentsOf(pathFor(out, kind, name)).push(newDocument(resource!, kind))
    if (action === 'update') rewrite(documentsOf(desired!.from.place.file), resource!, desired!)
  }
  return {
    files: new Map([...open].map(([path, documents]) => [path, printDocuments(documents)])),
    unchanged,
    onlyInFiles: changes.filter(({ action }) => action === 'create').map(identityOf),
    withoutReference: stored.flatMap(unreferenced),
  }
}

/** As the files are compared by what they say, a secret with the stored reference is the stored one. */
function withStoredSecrets(resource: DesiredResource, stored: StoredResource | undefined): DesiredResource {
  const kept = secretFieldsOf(resource.kind).flatMap((field): [string, Json][] => {
    const [own, mark] = [resource.spec[field], stored?.spec[field]]
    // One that a file leaves out came from the console, such as a token that somebody signed in for.
    if (own === undefined && isObject(mark) && mark['ref'] === null) return [[field, mark]]
    if (!isObject(own) || !isObject(mark)) return []
    // A secret that was set in the console came from nowhere; what the file says is as good as any.
    return mark['ref'] === own['ref'] || mark['ref'] === null ? [[field, mark]] : []
  })
  return { ...resource, spec: { ...resource.spec, ...Object.fromEntries(kept) } }
}

function rewrite(documents: readonly Document[], { kind, name, spec }: StoredResource, present: DesiredResource): void {
  const document = documents.find((one) => one.get('kind') === kind && one.get('name') === name)!
  const written = toFileSpec(present.kind, name, spec)
  for (const field of withoutReference(present.kind, spec)) {
    const reference = present.from.spec[field]
    if (reference === undefined) delete written[field]
    else written[field] = reference
  }
  updateSpec(document, written)
}

const pathFor = (out: string, kind: Kind, name: string): string =>
  /\.ya?ml$/.test(out) ? out : join(out, kind, `${name}.yaml`)

function readDocuments(text: string | null): Document[] {
  if (text === null) return []
  const documents = parseAllDocuments(text, { merge: false })
  return Array.isArray(documents) ? documents : []
}

function printDocuments(documents: readonly Document[]): string {
  for (const { directives } of documents.slice(1)) if (directives) directives.docStart = true
  return documents.map((document) => document.toString(YAML_STYLE)).join('')
}

function unreferenced({ kind, name, spec }: StoredResource): readonly string[] {
  return isKind(kind) ? withoutReference(kind, spec).map((field) => `${kind}/${name} ${field}`) : []
}
