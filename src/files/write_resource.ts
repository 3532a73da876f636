import {
  Document,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  type Scalar,
  visit,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'
import { isObject, type Json, type JsonObject } from '../core/json.ts'
import { type Kind, secretFieldsOf } from '../kinds.ts'
import type { StoredResource } from '../store/resources.ts'
import { specSchema, withoutDefaults } from './spec_schema.ts'

/** Lines are not folded: a trigger is read, and searched for, in one piece. */
export const YAML_STYLE = { lineWidth: 0 } as const

const NO_REFERENCE =
  ' Set in the console, so where it came from is not known: give this variable the secret before you apply.'

/** A stored spec as a file has it: secrets as references, without what the schema fills in by itself. */
export function toFileSpec(kind: Kind, name: string, spec: JsonObject): JsonObject {
  const references = secretFieldsOf(kind)
    .filter((field) => isObject(spec[field]))
    .map((field): [string, Json] => [field, referenceOf(spec[field]!) ?? inventedReference(kind, name, field)])
  return withoutDefaults(specSchema(kind), { ...spec, ...Object.fromEntries(references) }) as JsonObject
}

/** Secret fields of a stored resource that did not come from a reference. */
export function withoutReference(kind: Kind, spec: JsonObject): readonly string[] {
  return secretFieldsOf(kind).filter((field) => isObject(spec[field]) && referenceOf(spec[field]) === null)
}

/** A document for a resource that stands in no file yet. */
export function newDocument({ name, spec }: StoredResource, kind: Kind): Document {
  const document = new Document({ kind, name, spec: toFileSpec(kind, name, spec) })
  const map = document.get('spec') as YAMLMap
  for (const field of withoutReference(kind, spec)) {
    const pair = map.items.find(({ key }) => isScalar(key) && key.value === field)
    ;(pair!.key as Scalar).commentBefore = NO_REFERENCE
  }
  return document
}

/** Gives a document another spec and keeps its comments, its order and the spelling of what stays the same. */
export function updateSpec(document: Document, spec: JsonObject): void {
  const old = document.get('spec', true) as Node
  // Changing a part that other parts stand for would change those too.
  document.set('spec', hasAlias(document) ? document.createNode(spec) : merge(document, old, spec))
}

function merge(document: Document, node: unknown, value: Json): Node {
  if (isMap(node) && isObject(value)) return mergeMap(document, node, value)
  if (isSeq(node) && Array.isArray(value)) {
    giveCommentToFirst(node)
    const items = value.map((item, i) => merge(document, itemFor(node.items, item, i), item))
    node.items = items
    return node
  }
  if (isScalar(node) && !isObject(value) && !Array.isArray(value)) {
    if (node.value !== value) node.value = value
    return node
  }
  return document.createNode(value) as Node
}

/** A comment above the first item is read as one above the list, and would stay when the item moves. */
function giveCommentToFirst(list: YAMLSeq): void {
  const [first] = list.items
  if (!list.commentBefore || !isNode(first) || first.commentBefore) return
  first.commentBefore = list.commentBefore
  list.commentBefore = null
}

function mergeMap(document: Document, map: YAMLMap, value: JsonObject): Node {
  const keys = map.items.map(({ key }) => (isScalar(key) ? key.value : key))
  for (const key of keys) if (!Object.hasOwn(value, String(key))) map.delete(key)
  for (const [key, item] of Object.entries(value)) map.set(key, merge(document, map.get(key, true), item))
  return map
}

/** Items with names keep their comments when they move; others are told by their place. */
function itemFor(items: readonly unknown[], value: Json, index: number): unknown {
  if (!isObject(value) || value['name'] === undefined) return items[index]
  return items.find((item) => isMap(item) && item.get('name') === value['name'])
}

function hasAlias(document: Document): boolean {
  let found = false
  visit(document, {
    Alias() {
      found = true
      return visit.BREAK
    },
  })
  return found
}

function referenceOf(mark: Json | undefined): string | null {
  return isObject(mark) && typeof mark['ref'] === 'string' ? mark['ref'] : null
}

// Not BACKBEAT_…: those are settings, and an unknown one is refused.
const inventedReference = (kind: Kind, name: string, field: string): string =>
  `\${env:${`${kind}_${name}_${field}`.toUpperCase().replace(/[^A-Z0-9]+/g, '_')}}`
