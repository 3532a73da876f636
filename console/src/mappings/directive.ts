import type { Json } from '../../../src/server/contract.ts'
import { isObject } from '../api/json.ts'

/** A field's value as the form shows it. What has no form of its own is edited as JSON. */
export type FieldForm =
  /** Nothing is sent, whatever the preset says. */
  | { readonly kind: 'none' }
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'first'; readonly paths: readonly string[] }
  | { readonly kind: 'template'; readonly text: string }
  | { readonly kind: 'constant'; readonly value: string | number | boolean }
  | { readonly kind: 'json'; readonly value: Json }

export type FormKind = FieldForm['kind']

/** Reads the value of a mapping's field into its form. */
export function readField(value: Json): FieldForm {
  if (value === null) return { kind: 'none' }
  if (!isObject(value)) return Array.isArray(value) ? { kind: 'json', value } : { kind: 'constant', value }
  const keys = Object.keys(value)
  return (keys.length === 1 && readDirective(keys[0]!, value[keys[0]!]!)) || { kind: 'json', value }
}

function readDirective(name: string, option: Json): FieldForm | null {
  if (name === '@path' && typeof option === 'string') return { kind: 'path', path: option }
  if (name === '@template' && typeof option === 'string') return { kind: 'template', text: option }
  if (name === '@literal' && option !== null && typeof option !== 'object') return { kind: 'constant', value: option }
  if (name === '@first' && Array.isArray(option) && option.every((path) => typeof path === 'string')) {
    return { kind: 'first', paths: option as string[] }
  }
  return null
}

/** The value of a mapping's field, from its form. */
export function writeField(form: FieldForm): Json {
  switch (form.kind) {
    case 'none':
      return null
    case 'path':
      return { '@path': form.path }
    case 'first':
      return { '@first': [...form.paths] }
    case 'template':
      return { '@template': form.text }
    case 'constant':
      return form.value
    case 'json':
      return form.value
  }
}

/** A form of another kind that keeps what it can of the value before. */
export function changeKind(form: FieldForm, kind: FormKind): FieldForm {
  switch (kind) {
    case 'none':
      return { kind }
    case 'path':
      return { kind, path: pathsIn(form)[0] ?? '$.properties.' }
    case 'first':
      return { kind, paths: pathsIn(form).length > 0 ? pathsIn(form) : ['$.properties.'] }
    case 'template':
      return { kind, text: pathsIn(form).map((path) => `{{${path.replace(/^\$\./, '')}}}`)[0] ?? '' }
    case 'constant':
      return { kind, value: '' }
    case 'json':
      return { kind, value: writeField(form) }
  }
}

function pathsIn(form: FieldForm): readonly string[] {
  switch (form.kind) {
    case 'path':
      return [form.path]
    case 'first':
      return form.paths
    case 'template':
      return [...form.text.matchAll(/\{\{([^{}]+)\}\}/g)].map(([, path]) => `$.${path!.trim()}`)
    default:
      return []
  }
}

/** How a field is filled, in words on one line. */
export function describeField(form: FieldForm): string {
  switch (form.kind) {
    case 'none':
      return 'nothing'
    case 'path':
      return form.path
    case 'first':
      return `first of ${form.paths.join(', ')}`
    case 'template':
      return form.text
    case 'constant':
      return JSON.stringify(form.value)
    case 'json':
      return JSON.stringify(form.value)
  }
}

const PATH_DEPTH_MAX = 6

/** Every path that leads to a value of an event, for suggestions: `$.properties.products[0].price`. */
export function pathsOf(event: Json, root = '$', depth = 0): readonly string[] {
  if (depth > PATH_DEPTH_MAX) return []
  if (Array.isArray(event)) return event.slice(0, 1).flatMap((item) => pathsOf(item, `${root}[0]`, depth + 1))
  if (!isObject(event)) return [root]
  const here = depth === 0 ? [] : [root]
  return [...here, ...Object.entries(event).flatMap(([key, value]) => pathsOf(value, root + step(key), depth + 1))]
}

const step = (key: string): string => (/^[\w-]+$/.test(key) ? `.${key}` : `['${key}']`)
