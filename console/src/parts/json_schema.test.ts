import assert from 'node:assert/strict'
import { test } from 'node:test'
import { specFrom, variantsOf } from './json_schema.ts'

const schema = {
  oneOf: [
    {
      type: 'object',
      properties: {
        type: { type: 'string', const: 'postgres' },
        host: { type: 'string', description: 'Where it answers.' },
        port: { type: 'integer', default: 5432 },
        password: { anyOf: [{ type: 'string' }, { type: 'object' }], secret: true },
        ca_file: { type: 'string' },
        tls: { type: 'string', enum: ['off', 'verify'], default: 'verify' },
        settings: { type: 'object' },
      },
      required: ['type', 'host'],
    },
    { type: 'object', properties: { type: { type: 'string', const: 'duckdb' } } },
  ],
}
const [postgres, duckdb] = variantsOf(schema)

test('a choice of objects becomes a form for each type, with labels and defaults', () => {
  assert.deepEqual(
    postgres!.fields.map(({ label, input, required, standard }) => [label, input, required, standard]),
    [
      ['Host', 'text', true, null],
      ['Port', 'number', false, 5432],
      ['Password', 'secret', false, null],
      ['CA file', 'text', false, null],
      ['TLS', 'choice', false, 'verify'],
    ],
  )
  assert.equal(postgres!.fields[0]!.about, 'Where it answers')
  assert.deepEqual(duckdb, { type: 'duckdb', about: '', fields: [] })
})

test('what is left empty is left out, and a secret that is not entered stays as it is stored', () => {
  const stored = {
    type: 'postgres',
    host: 'old',
    password: { secret: true, hint: '…abcd', ref: null },
    settings: { a: 1 },
  }

  assert.deepEqual(specFrom(postgres!, { host: 'db', port: '', password: '' }, stored), {
    type: 'postgres',
    host: 'db',
    password: stored.password,
    settings: { a: 1 },
  })
  assert.deepEqual(specFrom(postgres!, { host: 'db', port: 5433, password: 'new' }, null), {
    type: 'postgres',
    host: 'db',
    port: 5433,
    password: 'new',
  })
})
