import { keepsWhatWent } from '../core/audit_columns.ts'
import type { LoadPlan } from './load_plan.ts'
import { LOADED_SLICES, type OwnTable, REMOVED_ROWS, RESTATEMENTS } from './own_tables.ts'
import { qualified } from './sql_dialect.ts'

/**
 * The statements of a load. `t` is the table, `s` the staged rows. Each names the staged rows once at most: MySQL opens a
 * temporary table only once in a statement. Where a table is updated by what a question to itself gives, the question is
 * about distinct rows, or MySQL would merge the two and refuse.
 */

/** Rows that came; how many of them stand there already, and how many of those with other values. */
export const countComing = (plan: LoadPlan, stage: string): string =>
  `select count(*), count(t.${plan.dialect.quote('_row_hash')}), sum(case when ${isChanged(plan)} then 1 else 0 end) ` +
  `from ${stage} s left join ${plan.target} t on ${sameKey(plan)}`

/** How many rows of the scope did not come. */
export const countGone = (plan: LoadPlan, stage: string): string =>
  `select count(*) from ${plan.target} t where ${isGone(plan, stage)}`

/** Rows of the scope, and their spend. */
export const spendOfScope = (plan: LoadPlan, spend: string): string =>
  `select count(*), ${plan.dialect.asText(`sum(t.${plan.dialect.quote(spend)})`)} from ${plan.target} t where ${plan.scope}`

/** For each day and figure, of the rows that changed in it: its sum before, its sum after, and how many they are. */
export function sumsOfChanged(plan: LoadPlan, stage: string, columns: readonly string[]): string {
  const figures = columns.map((column) => {
    const [before, after] = [figureOf(plan, 't', column), figureOf(plan, 's', column)]
    return { before, after, differs: `${before} <> ${after}` }
  })
  return `select ${dayAndSums(plan, figures)} from ${plan.target} t join ${stage} s on ${sameKey(plan)} where ${isChanged(plan)}${byDay(plan)}`
}

/** The same for rows that did not come back. */
export function sumsOfGone(plan: LoadPlan, stage: string, columns: readonly string[]): string {
  const figures = columns.map((column) => {
    const before = figureOf(plan, 't', column)
    return { before, after: '0', differs: `${before} <> 0` }
  })
  return `select ${dayAndSums(plan, figures)} from ${plan.target} t where ${isGone(plan, stage)}${byDay(plan)}`
}

interface FigureSql {
  readonly before: string
  readonly after: string
  readonly differs: string
}

const dayAndSums = (plan: LoadPlan, figures: readonly FigureSql[]): string =>
  [
    dayOf(plan),
    ...figures.flatMap(({ before, after, differs }) => [
      plan.dialect.asText(`sum(case when ${differs} then ${before} else 0 end)`),
      plan.dialect.asText(`sum(case when ${differs} then ${after} else 0 end)`),
      `sum(case when ${differs} then 1 else 0 end)`,
    ]),
  ].join(', ')

const figureOf = ({ dialect }: LoadPlan, alias: string, column: string): string =>
  `coalesce(${alias}.${dialect.quote(column)}, 0)`

const dayOf = ({ dialect, windowColumn }: LoadPlan): string =>
  windowColumn === null ? 'null' : dialect.asDay(`t.${dialect.quote(windowColumn)}`)

const byDay = (plan: LoadPlan): string => (plan.windowColumn === null ? '' : ` group by ${dayOf(plan)}`)

/** Keeps the rows that did not come back. */
export function keepGone(plan: LoadPlan, stage: string): string {
  const { dialect, request } = plan
  const names = plan.columns.map(({ name }) => name)
  const exact = plan.columns.map(({ name, type }) => {
    const column = `t.${dialect.quote(name)}`
    // In JSON a long number would lose digits in most hands.
    return `${type === 'id' || type === 'money' ? dialect.asText(column) : column} as ${dialect.quote(name)}`
  })
  const key = dialect.jsonObject(plan.key.map((name) => [name, `r.${dialect.quote(name)}`]))
  const values = [
    dialect.text(request.table.name),
    request.advertiserId,
    key,
    dialect.jsonRow('r', names),
    dialect.text(request.run.id),
    dialect.instant(request.run.at),
  ]
  return (
    `${insertInto(plan, REMOVED_ROWS)} select ${values.join(', ')} ` +
    `from (select ${exact.join(', ')} from ${plan.target} t where ${isGone(plan, stage)}) r`
  )
}

export const removeGone = (plan: LoadPlan, stage: string): string =>
  plan.dialect.deleteFrom(plan.target, isGone(plan, stage))

export function updateChanged(plan: LoadPlan, stage: string): string {
  const { quote } = plan.dialect
  const values = plan.columns
    .filter(({ name }) => !plan.key.includes(name))
    .map(({ name }) => [name, `s.${quote(name)}`] as const)
  const set = [
    ...values,
    ['_row_hash', `s.${quote('_row_hash')}`] as const,
    ...writtenNow(plan),
    ['_restated_count', `t.${quote('_restated_count')} + 1`] as const,
    ...(keepsWhatWent(plan.request.table.mode) ? [['_deleted', 'false'] as const] : []),
  ]
  return plan.dialect.update(plan.target, `${stage} s`, `${sameKey(plan)} and ${isChanged(plan)}`, set)
}

/** `mayStand`: some of the rows stand there already. */
export function insertNew(plan: LoadPlan, stage: string, mayStand: boolean): string {
  const { quote, instant } = plan.dialect
  const { table, run, isFinal } = plan.request
  const names = [...plan.columns.map(({ name }) => name), '_row_hash']
  const flag = keepsWhatWent(table.mode) ? (['_deleted', 'false'] as const) : (['_is_final', String(isFinal)] as const)
  const added = [
    ...writtenNow(plan),
    ['_first_seen_at', instant(run.at)] as const,
    ['_restated_count', '0'] as const,
    flag,
  ]
  const columns = [...names, ...added.map(([name]) => name)].map(quote)
  const values = [...names.map((name) => `s.${quote(name)}`), ...added.map(([, value]) => value)]
  const unseen = mayStand ? ` where not exists (select 1 from ${plan.target} t where ${sameKey(plan)})` : ''
  return `insert into ${plan.target} (${columns.join(', ')}) select ${values.join(', ')} from ${stage} s${unseen}`
}

export function markFinal(plan: LoadPlan): string {
  const { quote } = plan.dialect
  const value = String(plan.request.isFinal)
  const rows = `select distinct ${plan.key.map((name) => `t.${quote(name)}`).join(', ')} from ${plan.target} t where ${plan.scope} and t.${quote('_is_final')} <> ${value}`
  return plan.dialect.update(plan.target, `(${rows}) s`, sameKey(plan), [['_is_final', value]])
}

/** The newest versions of everything, or of everything in scope, that came (`true`) or that did not. */
function newest(plan: LoadPlan, stage: string, came: boolean): string {
  const { quote } = plan.dialect
  const ids = idsOf(plan)
  const columns = ids.map((name) => `t.${quote(name)}`)
  const isSame = ids.map((name) => `s.${quote(name)} = t.${quote(name)}`).join(' and ')
  const where = `${came ? '' : 'not '}exists (select 1 from ${stage} s where ${isSame})${came ? '' : ` and ${plan.scope}`}`
  const version = versionOf(plan)
  return version === null
    ? `select distinct ${columns.join(', ')} from ${plan.target} t where ${where}`
    : `select ${columns.join(', ')}, max(t.${quote(version)}) as ${quote(version)} from ${plan.target} t where ${where} group by ${columns.join(', ')}`
}

const versionOf = ({ key, request }: LoadPlan): string | null => (request.table.mode === 'history' ? key.at(-1)! : null)

const idsOf = (plan: LoadPlan): readonly string[] => (versionOf(plan) === null ? plan.key : plan.key.slice(0, -1))

/** How many things of the scope are newly gone. */
export const countNewlyGone = (plan: LoadPlan, stage: string): string =>
  `select count(*) from ${plan.target} t join (${newest(plan, stage, false)}) s on ${sameKey(plan)} where not t.${plan.dialect.quote('_deleted')}`

/** How many rows came back just as they were. */
export const countReturned = (plan: LoadPlan, stage: string): string =>
  `select count(*) from ${plan.target} t join ${stage} s on ${sameKey(plan)} where t.${plan.dialect.quote('_deleted')} and not (${isChanged(plan)})`

/** Takes the mark away from rows that came back. */
export const unmarkReturned = (plan: LoadPlan, stage: string): string =>
  plan.dialect.update(plan.target, `${stage} s`, `${sameKey(plan)} and t.${plan.dialect.quote('_deleted')}`, [
    ['_deleted', 'false'],
    ...writtenNow(plan),
  ])

/** Marks the newest version of what came as there, or of what did not come as gone. */
export function markDeleted(plan: LoadPlan, stage: string, deleted: boolean): string {
  const flag = `t.${plan.dialect.quote('_deleted')}`
  return plan.dialect.update(
    plan.target,
    `(${newest(plan, stage, !deleted)}) s`,
    `${sameKey(plan)} and ${deleted ? `not ${flag}` : flag}`,
    [['_deleted', String(deleted)], ...writtenNow(plan)],
  )
}

export function forgetSlice({ dialect, request }: LoadPlan): string {
  const { quote, text } = dialect
  const firstDay = request.days
    ? `t.${quote('first_day')} = ${day(request.days.from)}`
    : `t.${quote('first_day')} is null`
  return dialect.deleteFrom(
    qualified(dialect, request.schema, LOADED_SLICES.name),
    `t.${quote('table_name')} = ${text(request.table.name)} and t.${quote('advertiser_id')} = ${request.advertiserId} and ${firstDay}`,
  )
}

export function rememberSlice(plan: LoadPlan, rows: number): string {
  const { dialect, request } = plan
  const { days, run } = request
  const values = [
    dialect.text(request.table.name),
    request.advertiserId,
    days ? day(days.from) : 'null',
    days ? day(days.to) : 'null',
    dialect.text(run.id),
    dialect.instant(run.at),
    String(rows),
  ]
  return `${insertInto(plan, LOADED_SLICES)} values (${values.join(', ')})`
}

export function rememberRestatements(
  plan: LoadPlan,
  restated: readonly {
    readonly day: string | null
    readonly column: string
    readonly before: string
    readonly after: string
    readonly rows: number
  }[],
): string {
  const { dialect, request } = plan
  const lines = restated.map((one) =>
    [
      dialect.text(request.table.name),
      request.advertiserId,
      one.day === null ? 'null' : day(one.day),
      dialect.text(one.column),
      dialect.text(one.before),
      dialect.text(one.after),
      String(one.rows),
      dialect.text(request.run.id),
      dialect.instant(request.run.at),
    ].join(', '),
  )
  return `${insertInto(plan, RESTATEMENTS)} values ${lines.map((line) => `(${line})`).join(', ')}`
}

const day = (text: string): string => `date '${text}'`

const insertInto = ({ dialect, request }: LoadPlan, { name, columns }: OwnTable): string =>
  `insert into ${qualified(dialect, request.schema, name)} (${columns.map((column) => dialect.quote(column.name)).join(', ')})`

const writtenNow = ({ dialect, request }: LoadPlan): readonly (readonly [string, string])[] => {
  const now = dialect.instant(request.run.at)
  return [
    ['_synced_at', now],
    ['_fivetran_synced', now],
    ['_run_id', dialect.text(request.run.id)],
  ]
}

function sameKey({ dialect, key }: LoadPlan): string {
  return key.map((name) => `t.${dialect.quote(name)} = s.${dialect.quote(name)}`).join(' and ')
}

const isChanged = ({ dialect }: LoadPlan): string =>
  `t.${dialect.quote('_row_hash')} <> s.${dialect.quote('_row_hash')}`

const isGone = (plan: LoadPlan, stage: string): string =>
  `${plan.scope} and not exists (select 1 from ${stage} s where ${sameKey(plan)})`
