import type { SpecSchema } from '../../src/files/spec_schema.ts'
import { code, table } from './markdown.ts'

/** The fields of a schema as a table; fields of items and of inner objects stand below their own. */
export function specTable(schema: SpecSchema): string {
  return table(['Field', 'Value', 'Default', 'About'], rows(schema, ''))
}

function rows(schema: SpecSchema, path: string): readonly (readonly string[])[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const own = `${path}${name}`
    const about = [field.description ?? '', schema.required?.includes(name) ? 'Required.' : '']
      .filter(Boolean)
      .join(' ')
    const row = [
      code(own),
      shapeOf(field),
      field.default === undefined ? '' : code(JSON.stringify(field.default)),
      about,
    ]
    const inner = field.items?.properties ? rows(field.items, `${own}[].`) : rows(field, `${own}.`)
    return [row, ...(field.secret ? [] : inner)]
  })
}

/** What a field takes, in words. */
export function shapeOf(field: SpecSchema): string {
  if (field.secret) return 'secret: a reference'
  if (field.const !== undefined) return code(JSON.stringify(field.const))
  if (field.enum) return field.enum.map((value) => code(String(value))).join(', ')
  if (field.items) return `list of ${shapeOf(field.items)}`
  if (field.format === 'uri') return 'address'
  if (field.anyOf?.every((form) => form.type !== undefined || form.anyOf)) return field.anyOf.map(formOf).join(' or ')
  const type = typeof field.type === 'string' ? field.type : 'anything'
  return { string: 'text', boolean: 'true or false', object: 'map', integer: 'whole number' }[type] ?? type
}

/** One of several forms of a field: a map by its keys, all else as it is. */
const formOf = (form: SpecSchema): string =>
  form.properties ? code(`{ ${Object.keys(form.properties).join(', ')} }`) : shapeOf(form)
