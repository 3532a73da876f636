import { destinationTypes } from '../../src/catalog.ts'
import type { Field } from '../../src/core/destination.ts'
import { type SpecSchema, specSchema } from '../../src/files/spec_schema.ts'
import { code, page, table } from './markdown.ts'
import { specTable } from './spec_table.ts'

/** Every type of destination: its configuration, and the fields a mapping can fill. */
export function destinationsPage(): string {
  return page(
    'Destinations',
    'src/catalog.ts and the destinations it lists',
    ...destinationTypes.flatMap(({ type, about, fields }) => [
      `## ${type}`,
      about,
      '### Configuration',
      specTable(schemaOf(type)),
      '### Fields',
      'What a mapping can fill. Values are normalised, and hashed where it says so, before they leave.',
      table(
        ['Field', 'Value', 'On the wire', 'About'],
        Object.entries(fields).map(([name, field]) => fieldRow(name, field)),
      ),
    ]),
  )
}

function schemaOf(type: string): SpecSchema {
  const all = specSchema('destination').oneOf ?? []
  return all.find(({ properties }) => properties?.['type']?.const === type) ?? {}
}

const VALUES: Readonly<Record<Field['type'], string>> = {
  text: 'text',
  integer: 'whole number',
  number: 'number',
  boolean: 'true or false',
  time: 'time',
  object: 'map',
  objects: 'list of maps',
  texts: 'list of texts',
}

function fieldRow(name: string, field: Field): readonly string[] {
  const { type, many, hashed, wire, about, required, choices, aliases, example } = field
  const value = [VALUES[type], ...(many ? ['one or many'] : []), ...(hashed ? ['hashed'] : [])].join(', ')
  const more = [
    about,
    required ? 'Required.' : '',
    choices ? `One of ${choices.map(code).join(', ')}.` : '',
    aliases ? `Also known as ${aliases.map(code).join(', ')}.` : '',
    example === undefined ? '' : `Such as ${code(JSON.stringify(example))}.`,
  ]
  return [code(name), value, code(wire), more.filter(Boolean).join(' ')]
}
