import type { ErdTable, Reference, Table } from '../../../src/server/contract_streams.ts'

/** A relation between two tables of the diagram: rows of `from` name a row of `to`. */
export interface Relation {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly reference: Reference
}

/** The relations between these tables; those that lead out of them are left out. */
export function relationsOf(tables: readonly ErdTable[]): readonly Relation[] {
  const names = new Set(tables.map(({ table }) => table.name))
  return tables.flatMap(({ table }) =>
    table.references
      .filter((reference) => names.has(reference.table))
      .map((reference) => ({
        id: `${table.name}(${reference.columns.join()})→${reference.table}`,
        from: table.name,
        to: reference.table,
        reference,
      })),
  )
}

/**
 * The relations that tell something new: a report of ads names its advertiser too, but so does the ad it belongs to, which is
 * on the way. A table's relation with itself is none of them.
 */
export function tellingRelations(relations: readonly Relation[]): readonly Relation[] {
  const targets = new Map<string, Set<string>>()
  for (const { from, to } of relations) targets.set(from, (targets.get(from) ?? new Set()).add(to))
  const reached = new Map<string, ReadonlySet<string>>()
  return relations.filter(({ from, to }) => {
    if (from === to) return false
    const others = [...targets.get(from)!].filter((other) => other !== to && other !== from)
    return !others.some((other) => beyond(other, targets, reached).has(to))
  })
}

/** Everything that a table refers to, directly or through others. */
function beyond(
  name: string,
  targets: ReadonlyMap<string, ReadonlySet<string>>,
  known: Map<string, ReadonlySet<string>>,
): ReadonlySet<string> {
  const already = known.get(name)
  if (already) return already
  const found = new Set<string>()
  known.set(name, found)
  for (const next of targets.get(name) ?? []) {
    found.add(next)
    for (const further of beyond(next, targets, known)) found.add(further)
  }
  return found
}

/** A table and those it has a relation with, either way. */
export const neighbourhood = (name: string, relations: readonly Relation[]): ReadonlySet<string> =>
  new Set([name, ...relations.flatMap(({ from, to }) => (from === name ? [to] : to === name ? [from] : []))])

/**
 * The query that joins the two sides of a relation. A history has a row for each version, so its newest one is joined;
 * joining all of them would multiply every figure.
 */
export function joinSql(schema: string, { from, to, reference }: Relation, target: Table): string {
  const on = reference.columns.map((column, at) => `${to}.${reference.to[at]} = ${from}.${column}`)
  if (target.mode !== 'history') {
    return [`select *`, `from ${schema}.${from}`, `join ${schema}.${to} on ${on.join(' and ')}`].join('\n')
  }
  const version = target.key.at(-1)!
  return [
    'select *',
    `from ${schema}.${from}`,
    'join (',
    `  select *, row_number() over (partition by ${reference.to.join(', ')} order by ${version} desc) as nth_newest`,
    `  from ${schema}.${to}`,
    `) as ${to} on ${on.join(' and ')} and ${to}.nth_newest = 1`,
  ].join('\n')
}

/** Columns that a box always shows: its key, and what it refers by. */
export function tellingColumns(table: Table): ReadonlySet<string> {
  return new Set([...table.key, ...table.references.flatMap(({ columns }) => columns)])
}

/** Whether a table, or a column of it, has the text in its name, its sentence or its field at TikTok. */
export function matchOf(table: Table, query: string): { readonly table: boolean; readonly columns: readonly string[] } {
  const text = query.trim().toLowerCase()
  if (text === '') return { table: false, columns: [] }
  const columns = table.columns.filter(
    ({ name, apiField, about }) =>
      name.includes(text) || (apiField ?? '').toLowerCase().includes(text) || about.toLowerCase().includes(text),
  )
  return {
    table: table.name.includes(text) || table.about.toLowerCase().includes(text),
    columns: columns.map(({ name }) => name),
  }
}
