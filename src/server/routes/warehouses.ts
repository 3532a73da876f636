import { z } from 'zod'
import { checkResource, isChecked } from '../../configure.ts'
import { CallError } from '../../core/errors.ts'
import type { JsonObject } from '../../core/json.ts'
import { whyNotReading } from '../../core/reading_statement.ts'
import type { CheckStep } from '../../core/warehouse.ts'
import { knownStreams } from '../../known_streams.ts'
import { ApiFailure, type ApiRoute, type Context, notFound, read, write } from '../api_route.ts'
import { previewOf, usualSchema, warehouseOf, withWarehouse } from '../ask_warehouse.ts'
import type { StoredTableList, WarehouseCheck } from '../contract_streams.ts'
import { type SeriesAsked, seriesQuery, toSeries } from '../series.ts'

const ROWS_MAX = 1000
const ROWS_USUAL = 100
const SQL_LENGTH_MAX = 100_000
const COLUMNS_MAX = 20

const byName = z.object({ name: z.string() })
const schemaName = z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/, 'must be lower-case letters, digits or "_"')
const inSchema = z.object({ schema: schemaName.optional() })
const day = z.iso.date()

export const warehouseRoutes: readonly ApiRoute[] = [
  write({
    method: 'POST',
    path: '/warehouses/check',
    about: 'Tries a warehouse before it is saved: connects, and makes, fills, reads and drops a small table.',
    body: z.object({
      spec: z.record(z.string(), z.json()),
      schema: schemaName.optional(),
      name: z.string().optional(),
    }),
    audit: 'warehouse.check',
    async answer(context, { body }) {
      const { name = 'unsaved', schema } = body
      const known = (await context.store.resources.list('warehouse')).map(
        (one) => [`warehouse/${one.name}`, one.spec] as const,
      )
      const checked = checkResource({ kind: 'warehouse', name, spec: body.spec as JsonObject }, new Map(known))
      if (!isChecked(checked)) {
        const { path, message } = checked[0]!
        throw new ApiFailure(422, 'api.invalid', `Cannot check the warehouse: ${path} ${message}`, checked)
      }
      const subject = `warehouse/${name}`
      return { answer: await check(context, checked, schema), subject, detail: `as a ${checked.spec['type']}` }
    },
  }),
  read({
    path: '/warehouses/:name/check',
    about: 'Tries a stored warehouse: connects, and makes, fills, reads and drops a small table.',
    params: byName,
    query: inSchema,
    async answer(context, { params, query }) {
      return check(context, await warehouseOf(context.store, params.name), query.schema)
    },
  }),
  read({
    path: '/warehouses/:name/tables',
    about: 'The tables of a schema as they stand in a warehouse.',
    params: byName,
    query: inSchema,
    async answer(context, { params, query }): Promise<StoredTableList> {
      const warehouse = await warehouseOf(context.store, params.name)
      const schema = query.schema ?? (await usualSchema(context.store, params.name))
      return { tables: await withWarehouse(context, warehouse, (opened) => opened.describe(schema)) }
    },
  }),
  write({
    method: 'POST',
    path: '/warehouses/:name/query',
    about: 'Runs one reading statement in a warehouse and gives its first rows.',
    params: byName,
    body: z.object({
      sql: z.string().max(SQL_LENGTH_MAX),
      limit: z.number().int().min(1).max(ROWS_MAX).default(ROWS_USUAL),
    }),
    audit: 'warehouse.query',
    async answer(context, { params, body: { sql, limit } }) {
      const why = whyNotReading(sql)
      if (why !== null) throw badQuery(`Cannot run the query: ${why}`)
      const warehouse = await warehouseOf(context.store, params.name)
      const answer = await withWarehouse(context, warehouse, async (opened, isOver) =>
        previewOf(await opened.query(sql), limit, isOver),
      ).catch(tellQuery)
      return { answer, subject: `warehouse/${params.name}`, detail: sql.slice(0, 500) }
    },
  }),
  write({
    method: 'POST',
    path: '/warehouses/:name/series',
    about: 'Figures of a table added up by day.',
    params: byName,
    body: z.object({
      schema: schemaName,
      table: z.string(),
      columns: z.array(z.string()).min(1).max(COLUMNS_MAX),
      advertiserId: z
        .string()
        .regex(/^\d{1,19}$/)
        .optional(),
      from: day.optional(),
      to: day.optional(),
    }),
    audit: null,
    async answer(context, { params, body }) {
      return { answer: await series(context, params.name, body), subject: null }
    },
  }),
]

type Stored = Parameters<typeof withWarehouse>[1]

async function check(context: Context, stored: Stored, schema: string | undefined): Promise<WarehouseCheck> {
  const inSchema = schema ?? (await usualSchema(context.store, stored.name))
  const steps = await withWarehouse(context, stored, (opened) => opened.check(inSchema)).catch(toStep)
  return { ok: steps.every(({ ok }) => ok), steps }
}

/** A check says how it went, also where nothing came of it. */
function toStep(error: unknown): readonly CheckStep[] {
  if (error instanceof ApiFailure || error instanceof CallError) {
    return [{ step: 'connect', ok: false, message: error.message }]
  }
  throw error
}

async function series(context: Context, name: string, asked: SeriesAsked) {
  const { store } = context
  const warehouse = await warehouseOf(store, name)
  const known = knownStreams(await store.resources.list('report'))
  const contract = known.find(({ table }) => table.name === asked.table)?.table
  if (!contract) throw notFound(`table "${asked.table}" that TikTok fills`)
  return withWarehouse(context, warehouse, async (opened, isOver) => {
    const stored = (await opened.describe(asked.schema)).find((table) => table.name === asked.table)
    if (!stored) throw notFound(`table "${asked.table}" in schema "${asked.schema}" yet; it is made by the first run`)
    const result = await opened.query(seriesQuery(opened, stored, contract, asked))
    const { rows } = await previewOf(result, Number.POSITIVE_INFINITY, isOver)
    return toSeries(asked.columns, rows)
  })
}

/** A statement that the warehouse refuses is the asker's; everything else is told as it is. */
function tellQuery(error: unknown): never {
  if (error instanceof CallError && error.code === 'warehouse.bad_query') throw badQuery(error.message)
  throw error
}

const badQuery = (message: string): ApiFailure => new ApiFailure(422, 'api.bad_query', message)
