import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { Row, Table } from '../src/core/table.ts'
import type { Warehouse } from '../src/core/warehouse.ts'
import { type ModelSlice, modelTable } from './warehouse_model.ts'
import {
  ADVERTISER,
  DAILY,
  days,
  HISTORY,
  LIFETIME,
  load,
  OTHER_ADVERTISER,
  PIXELS,
  rowsOf,
  timeOf,
} from './warehouse_tables.ts'

type Slice = Omit<ModelSlice, 'run'>

// Sums of halves and quarters are exact in the model's doubles, too.
const spend = fc.option(fc.constantFrom('0', '0.25', '1.5', '100'))
const clicks = fc.option(fc.constantFrom('0', '1', '7'))
const ctr = fc.option(fc.constantFrom(0, 0.5))
const number = fc.integer({ min: 1, max: 3 })
const name = fc.constantFrom('', 'a', 'A', 'ü 🎵', "o'\\n")

const idOf = (advertiserId: string, i: number): string => `${advertiserId.slice(0, -2)}${advertiserId.at(-1)}${i}`

/** Rows of one advertiser for each table; days outside the slice are among them. */
const ROWS: readonly (readonly [Table, (advertiserId: string) => fc.Arbitrary<Row>])[] = [
  [
    DAILY,
    (of) =>
      fc
        .tuple(number, number, spend, clicks, ctr)
        .map(([i, day, ...figures]) => [idOf(of, i), of, timeOf(day), ...figures]),
  ],
  [LIFETIME, (of) => fc.tuple(number, spend, clicks, ctr).map(([i, ...figures]) => [idOf(of, i), of, ...figures])],
  [HISTORY, (of) => fc.tuple(number, number, name).map(([i, day, text]) => [idOf(of, i), timeOf(day), of, text])],
  [
    PIXELS,
    (of) => fc.tuple(fc.constantFrom('C1', 'c1', 'Ç'), name).map(([code, text]) => [code + of.at(-1), of, text]),
  ],
]

function slicesOf(table: Table, rowOf: (advertiserId: string) => fc.Arbitrary<Row>): fc.Arbitrary<readonly Slice[]> {
  const range = fc.tuple(number, number).map(([a, b]) => days(Math.min(a, b), Math.max(a, b)))
  const slice = fc.constantFrom(ADVERTISER, OTHER_ADVERTISER).chain((advertiserId) =>
    fc.record({
      advertiserId: fc.constant(advertiserId),
      days: table.windowColumn === null ? fc.constant(null) : fc.option(range),
      rows: fc.array(rowOf(advertiserId), { maxLength: 6 }).map((rows) => oneVersionEach(table, rows)),
      isFinal: fc.boolean(),
    }),
  )
  return fc.array(slice, { minLength: 1, maxLength: 5 })
}

/** A listing has one version of everything. */
function oneVersionEach(table: Table, rows: readonly Row[]): readonly Row[] {
  return table.mode === 'history' ? [...new Map(rows.map((row) => [row[0], row])).values()] : rows
}

let tables = 0

/** Any loads, one after the other and each of them twice, end in the same table as in a plain model, and say the same. */
export async function checkAgainstModel(warehouse: Warehouse, schema: string, runs: number): Promise<void> {
  for (const [like, rowOf] of ROWS)
    await fc.assert(
      fc.asyncProperty(slicesOf(like, rowOf), async (slices) => {
        const table: Table = { ...like, name: `${like.name.replace('_history', '')}_${++tables}` }
        await warehouse.change(schema, [{ kind: 'create_table', table }])
        const model = modelTable(table)
        for (const [i, slice] of slices.entries()) await checkLoad(warehouse, schema, table, model, slice, i + 1)
      }),
      { numRuns: runs },
    )
}

async function checkLoad(
  warehouse: Warehouse,
  schema: string,
  table: Table,
  model: ReturnType<typeof modelTable>,
  slice: Slice,
  run: number,
): Promise<void> {
  const { rows, ...rest } = slice
  const flag = table.mode === 'window' || table.mode === 'snapshot' ? '_is_final' : '_deleted'
  for (const again of [false, true]) {
    const said = await load(warehouse, { ...rest, schema, table, acceptsEmpty: true, run }, rows)

    const expected = model.load({ ...slice, run: `run-${run}` })
    if (again) assert.deepEqual([said.added, said.changed, said.removed, said.restated], [0, 0, 0, []])
    assert.deepEqual(said, expected)
    const own = ['_run_id', '_restated_count', '_first_seen_at', flag]
    const stored = await rowsOf(warehouse, schema, table, own)
    assert.deepEqual(stored.map((row) => plainRow(table, row)).sort(byText), model.rows().toSorted(byText))
  }
}

const byText = (a: Row, b: Row): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)

/** A stored row as the model spells it: no zeros at the end of money, and the run that a row was first seen by. */
function plainRow(table: Table, row: Row): Row {
  const at = table.columns.length
  return row.map((value, i) => {
    if (value === null) return null
    if (table.columns[i]?.type === 'money') return String(value).replace(/\.?0+$/, '') || '0'
    return i === at + 2 ? `run-${Date.parse(String(value)) / 1000}` : value
  })
}
