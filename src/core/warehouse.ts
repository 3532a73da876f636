import type { DayRange } from './stream.ts'
import type { Column, ColumnType, Row, Table, Value } from './table.ts'

/** One step of a check, as the console and `doctor` show it. */
export interface CheckStep {
  /** `connect`, `create schema`, `create table`, `write`, `read`, `drop`. */
  readonly step: string
  readonly ok: boolean
  /** What was found; what to do when it failed. */
  readonly message: string
}

/** A table as it stands in a warehouse now. */
export interface StoredTable {
  readonly name: string
  /** Null when the warehouse does not say, or the key is none of ours. */
  readonly key: readonly string[] | null
  readonly columns: readonly StoredColumn[]
}

export interface StoredColumn {
  readonly name: string
  /** Null when its type is none that we create. */
  readonly type: ColumnType | null
  /** As the warehouse spells it. */
  readonly nativeType: string
}

/** One difference between a table's contract and what stands in the warehouse. */
export type SchemaChange =
  | { readonly kind: 'create_table'; readonly table: Table }
  | { readonly kind: 'add_column'; readonly table: Table; readonly column: Column }
  /** The contract no longer has it: it stays, and stays null from now on. */
  | { readonly kind: 'retire_column'; readonly table: Table; readonly column: StoredColumn }
  /** Every stored value fits the new type. */
  | { readonly kind: 'widen_column'; readonly table: Table; readonly column: Column; readonly from: StoredColumn }
  | { readonly kind: 'retype_column'; readonly table: Table; readonly column: Column; readonly from: StoredColumn }
  | { readonly kind: 'change_key'; readonly table: Table; readonly from: readonly string[] }

/** The run that writes, as the audit columns name it. */
export interface WritingRun {
  readonly id: string
  /** Milliseconds since 1970. */
  readonly at: number
}

/** A slice to replace: what it covers, what it shall hold, and who says so. */
export interface LoadRequest {
  readonly schema: string
  readonly table: Table
  readonly advertiserId: string
  /** Null: everything of the advertiser. */
  readonly days: DayRange | null
  /** Ends without an error only when all rows came. Of equal keys the last row counts. */
  readonly pages: AsyncIterable<readonly Row[]>
  readonly run: WritingRun
  /** No later run will read these days again. */
  readonly isFinal: boolean
  /**
   * Apply an answer without rows where the slice holds spend. Without it such an answer is refused with an
   * EmptySliceError, since lost permission looks just like it.
   */
  readonly acceptsEmpty: boolean
}

/** What replacing a slice did. `read` counts keys, not rows. */
export interface LoadResult {
  readonly read: number
  readonly added: number
  readonly changed: number
  readonly same: number
  readonly removed: number
  /** What changed in rows that stood there before, by day and column; only figures that may be added up. */
  readonly restated: readonly Restatement[]
}

export interface Restatement {
  /** Null when the table is not cut by days. */
  readonly day: string | null
  readonly column: string
  /** Sums over the rows that changed or went, as decimal text. */
  readonly before: string
  readonly after: string
  readonly rows: number
}

/** A slice that was replaced, as the warehouse itself remembers it: written in the transaction that replaced it. */
export interface LoadedSlice {
  readonly table: string
  readonly advertiserId: string
  readonly days: DayRange | null
  readonly runId: string
  readonly loadedAt: number
  readonly rows: number
}

export interface QueryColumn {
  readonly name: string
  /** Null when it is none that we create. */
  readonly type: ColumnType | null
  readonly nativeType: string
}

export interface QueryResult {
  readonly columns: readonly QueryColumn[]
  /** In pages, in constant memory; leaving the loop early ends the query. */
  readonly pages: AsyncIterable<readonly (readonly Value[])[]>
}

/**
 * Where tables stand. Every implementation passes `test/warehouse_suite.ts`. Throws a CallError when the warehouse cannot
 * be reached (Transient) or a person must act (Terminal: password, permission, missing package).
 */
export interface Warehouse {
  readonly type: string
  /** Creates, fills, reads and drops a small table, and says how each step went. Never throws. */
  check(schema: string): Promise<readonly CheckStep[]>
  /** The tables of a schema as they stand; none when there is no such schema. */
  describe(schema: string): Promise<readonly StoredTable[]>
  /** The statements that `change` comes to, for people to read before they are run. */
  ddl(schema: string, change: SchemaChange): readonly string[]
  /** Makes the schema and our own tables where they are missing, then the changes, in order. */
  change(schema: string, changes: readonly SchemaChange[]): Promise<void>
  /** Replaces one slice: all of it together with its LoadedSlice, or nothing. Doing it twice is doing it once. */
  load(request: LoadRequest): Promise<LoadResult>
  /** What has been replaced so far, the newest entry for each table, advertiser and first day. */
  loaded(schema: string): Promise<readonly LoadedSlice[]>
  /** Removes all rows of a table and what is remembered of its slices, before it is read anew. */
  clear(schema: string, table: Table): Promise<void>
  /** Runs one statement that only reads; `params` stand for `?`, in order. */
  query(sql: string, params?: readonly Value[]): Promise<QueryResult>
  /** A name as this warehouse quotes it, such as `"tiktok_ads"."ad_history"`. */
  quote(...names: readonly string[]): string
  close(): Promise<void>
}

/** TikTok gave no rows for a slice that holds spend; only a person can say that there are none. */
export class EmptySliceError extends Error {
  override readonly name = 'EmptySliceError'
  readonly rowsStored: number
  readonly spendStored: string

  constructor(table: string, advertiserId: string, rowsStored: number, spendStored: string) {
    super(
      `Cannot apply an empty answer: ${table} of advertiser ${advertiserId} holds ${rowsStored} rows with a spend of ${spendStored}`,
    )
    this.rowsStored = rowsStored
    this.spendStored = spendStored
  }
}
