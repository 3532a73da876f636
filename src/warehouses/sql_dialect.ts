import type { ColumnType } from '../core/table.ts'

/** What differs between the databases in the SQL we write; everything else is written once. */
export interface Dialect {
  quote(name: string): string
  /** A text as it stands in a statement. */
  text(value: string): string
  /** Milliseconds since 1970 as they stand in a statement. */
  instant(at: number): string
  typeName(type: ColumnType): string
  /** What comes before statements that delete rows of a schema, although they name it. */
  enter(schema: string): readonly string[]
  /** Type of a text that stands in a key; `texts` is how many texts the key has. */
  keyTextName(texts: number): string
  /** Null when it is none that we create. */
  typeOf(nativeType: string): ColumnType | null
  /**
   * Statement that gives a line for each column of a schema, or of one table of it: table, column, native type, and its
   * place in the primary key or null.
   */
  describe(schema: string, table: string | null): string
  /** Waits, within a transaction, until nobody else has the lock of this name; nothing where only we can be there. */
  lock(name: string): readonly string[]
  /** Gives it back where the end of the transaction does not. */
  unlock(name: string): readonly string[]
  /** What stands behind the columns of a new table: keys and indexes that are part of it, and options of the table. */
  tableEnd(key: readonly string[], index: readonly string[]): string
  /** Statements that follow a new table; of an index that is not part of it. */
  indexStatements(table: string, index: readonly string[]): readonly string[]
  retype(table: string, column: string, typeName: string): string
  rename(schema: string, from: string, to: string): string
  /** Changes rows of `target`, known as `t`, that meet one row of `source`; `set` names columns of the target. */
  update(target: string, source: string, on: string, set: readonly (readonly [string, string])[]): string
  deleteFrom(target: string, where: string): string
  /** The newest version of everything, where the usual question for it is not understood. */
  newest?(table: string, ids: readonly string[], version: string): string
  asText(expression: string): string
  asDay(expression: string): string
  /** Milliseconds since 1970 of a column of type `instant`. */
  millis(expression: string): string
  /** JSON object of a few named expressions. */
  jsonObject(pairs: readonly (readonly [string, string])[]): string
  /** JSON object of a whole row of a derived table. */
  jsonRow(alias: string, names: readonly string[]): string
}

/** Statements and questions, in one transaction or in none. Throws a CallError. */
export interface Session {
  run(sql: string): Promise<void>
  /** All rows, every cell as text. */
  rows(sql: string): Promise<readonly (readonly Cell[])[]>
}

/** A value as text, in the form our hashes are made of; a boolean is `1` or `0`. */
export type Cell = string | null

export interface StageColumn {
  readonly name: string
  readonly type: ColumnType
  readonly isKey: boolean
}

/** Rows that wait beside their table until all have come. */
export interface Stage {
  /** Its name, quoted. */
  readonly table: string
  append(rows: readonly (readonly Cell[])[]): Promise<void>
  /**
   * Runs `work` in one transaction that sees the staged rows, of equal keys only the last. No other load of the same table
   * is in its transaction meanwhile.
   */
  apply<T>(work: (session: Session) => Promise<T>): Promise<T>
  close(): Promise<void>
}

export const qualified = ({ quote }: Pick<Dialect, 'quote'>, ...names: readonly string[]): string =>
  names.map(quote).join('.')

/** A transaction that nobody else with a lock of this name is in at the same time. */
export async function inTurn<T>(dialect: Dialect, session: Session, name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await inTransaction(session, async () => {
      for (const statement of dialect.lock(name)) await session.run(statement)
      return work()
    })
  } finally {
    for (const statement of dialect.unlock(name)) await session.run(statement).catch(() => {})
  }
}

/** `begin … commit` around `work`, `rollback` when it throws. */
export async function inTransaction<T>(session: Session, work: (session: Session) => Promise<T>): Promise<T> {
  await session.run('begin')
  try {
    const result = await work(session)
    await session.run('commit')
    return result
  } catch (error) {
    // What broke the transaction counts; a connection that is gone has rolled back already.
    await session.run('rollback').catch(() => {})
    throw error
  }
}

/** Takes out all staged rows but the last of each key. Most slices repeat none, so that is asked first. */
export async function keepLastOfEachKey(
  { quote }: Pick<Dialect, 'quote'>,
  session: Session,
  stage: string,
  columns: readonly StageColumn[],
): Promise<void> {
  const key = columns.filter(({ isKey }) => isKey).map(({ name }) => quote(name))
  const [counts] = await session.rows(
    `select (select count(*) from ${stage}), (select count(*) from (select 1 from ${stage} group by ${key.join(', ')}) g)`,
  )
  if (counts?.[0] === counts?.[1]) return
  const numbered = `select _n, row_number() over (partition by ${key.join(', ')} order by _n desc) as r from ${stage}`
  await session.run(`delete from ${stage} where _n in (select _n from (${numbered}) x where r > 1)`)
}
