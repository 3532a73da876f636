/**
 * What a column holds, whatever the warehouse calls it. `id`: up to 19 digits, text in our hands and in files, BIGINT in
 * SQL. `money`: a decimal text with up to 6 places. `ratio`: a double. `local_time`: `YYYY-MM-DD HH:MM:SS` in the
 * advertiser's zone, which is not stored with it. `instant`: a moment, in UTC. `json`: JSON text.
 */
export type ColumnType =
  | 'id'
  | 'text'
  | 'integer'
  | 'money'
  | 'ratio'
  | 'boolean'
  | 'date'
  | 'local_time'
  | 'instant'
  | 'json'

/** How figures of several rows become one: added, worked out anew from sums, or not at all (people are counted once). */
export type Totals = 'sum' | 'recompute' | 'none'

export interface Column {
  readonly name: string
  readonly type: ColumnType
  /** One sentence for the person who reads the figure. */
  readonly about: string
  /** Field of TikTok's API that fills it; null for what we add. */
  readonly apiField: string | null
  /** Null when it is no figure. */
  readonly totals: Totals | null
  /** Hours until TikTok is done with it, such as 16 for reach; null when it is there within the hour. */
  readonly latencyHours: number | null
}

/** Columns of one table that name a row of another. A history is joined on its newest version. */
export interface Reference {
  readonly columns: readonly string[]
  readonly table: string
  readonly to: readonly string[]
}

/**
 * How a slice of it is brought up to date. `upsert`: by key. `history`: a new version whenever a row differs from its
 * newest one. `window`: everything of the advertiser and the days is replaced. `snapshot`: everything of the advertiser is.
 */
export type TableMode = 'upsert' | 'history' | 'window' | 'snapshot'

export type TableGroup = 'entity' | 'report' | 'breakdown' | 'custom'

/** The data contract of one table: DDL, documentation, ERD and report builder all come from it. */
export interface Table {
  readonly name: string
  readonly about: string
  readonly group: TableGroup
  readonly mode: TableMode
  readonly columns: readonly Column[]
  /** Names of columns; a history has its `updated_at` as the last of them. */
  readonly key: readonly string[]
  /** Column of type `id` that says whose a row is. */
  readonly advertiserColumn: string
  /** Column of type `local_time` or `date` that a window is cut from; null for the other modes. */
  readonly windowColumn: string | null
  readonly references: readonly Reference[]
}

/** A cell. Ids, money and long whole numbers are text; JSON columns hold JSON text; `null` is not zero. */
export type Value = string | number | boolean | null

/** One row, its values in the order of the table's columns. */
export type Row = readonly Value[]
