import { z } from 'zod'
import { checkResource, isChecked, type ResourceProblem } from '../../configure.ts'
import type { JsonObject } from '../../core/json.ts'
import type { Table } from '../../core/table.ts'
import {
  callsPerDay,
  checkReport,
  previewReport,
  type ReportSpec,
  reportChoices,
  reportSpec,
  reportTable,
} from '../../custom_reports.ts'
import { resourceName } from '../../kinds.ts'
import { openWarehouse } from '../../open_warehouse.ts'
import { ApiFailure, type ApiRoute, type Context, notFound, read, write } from '../api_route.ts'
import { usualSchema } from '../ask_warehouse.ts'
import type { ReportCheck, ReportChoices, RowsPreview } from '../contract_streams.ts'

const { type, data_level, aggregation } = reportSpec.shape
const list = z
  .string()
  .transform((text) => text.split(',').filter((name) => name !== ''))
  .optional()

export const reportingRoutes: readonly ApiRoute[] = [
  read({
    path: '/reporting/choices',
    about: 'What a report can be made of, and what may not be chosen beside the rest and why.',
    query: z.object({
      type: type.optional(),
      data_level: data_level.optional(),
      aggregation: aggregation.optional(),
      dimensions: list,
      metrics: list,
    }),
    answer: async (_context, { query }): Promise<ReportChoices> => reportChoices(query as Partial<ReportSpec>),
  }),
  write({
    method: 'POST',
    path: '/reporting/check',
    about: "What is wrong with a report by TikTok's rules, or the table it would become.",
    body: z.object({ name: z.string().optional(), spec: z.record(z.string(), z.json()) }),
    audit: null,
    async answer(context, { body }) {
      return { answer: await check(context, body.name ?? 'unsaved', body.spec as JsonObject), subject: null }
    },
  }),
  write({
    method: 'POST',
    path: '/reporting/preview',
    about: 'Ten rows of a report of one day, from TikTok. Nothing is stored.',
    body: z.object({
      spec: z.record(z.string(), z.json()),
      account: resourceName,
      advertiserId: z.string().regex(/^\d{1,19}$/),
      day: z.iso.date(),
    }),
    audit: null,
    async answer(context, { body }) {
      const { problems } = await check(context, 'unsaved', body.spec as JsonObject)
      if (problems.length > 0) {
        throw new ApiFailure(
          422,
          'api.invalid',
          `Cannot preview: ${problems[0]!.path} ${problems[0]!.message}`,
          problems,
        )
      }
      const account = await context.store.resources.get('account', body.account)
      if (!account) throw notFound(`account "${body.account}"`)
      const { advertiserId, day } = body
      const asked = { spec: reportSpec.parse(body.spec), account, advertiserId, day }
      const { table, rows, total } = await previewReport(context.store, asked, context.streamOutside)
      const columns = table.columns.map(({ name, type: columnType }) => ({ name, type: columnType }))
      return { answer: { columns, rows, total } satisfies RowsPreview, subject: null }
    },
  }),
]

async function check(context: Context, name: string, spec: JsonObject): Promise<ReportCheck> {
  const none = { table: null, ddl: [], callsPerDay: null }
  const parsed = reportSpec.safeParse(spec)
  if (parsed.success) {
    const problems = checkReport(parsed.data)
    if (problems.length > 0) return { problems, ...none }
  }
  const checked = checkResource({ kind: 'report', name, spec }, new Map())
  if (!isChecked(checked)) return { problems: checked.map(atSpec), ...none }
  const report = reportSpec.parse(checked.spec)
  const table = reportTable(name, report)
  return { problems: [], table, ddl: await ddlOf(context, table), callsPerDay: callsPerDay(report) }
}

// Paths begin within the spec, as those of TikTok's rules do.
const atSpec = ({ path, message }: ResourceProblem) => ({ path: path.replace(/^spec\./, ''), message, rule: null })

/** The statements that make a table, as the first warehouse there is says them; none while there is none. */
async function ddlOf({ store, config }: Context, table: Table): Promise<readonly string[]> {
  const [stored] = await store.resources.list('warehouse')
  if (!stored) return []
  const warehouse = await openWarehouse(store, stored, config.BACKBEAT_DATA)
  try {
    return warehouse.ddl(await usualSchema(store, stored.name), { kind: 'create_table', table })
  } finally {
    await warehouse.close()
  }
}
