import type { SchemaChange } from './warehouse.ts'

/** What happens by itself when a table's contract and the warehouse differ. */
export const SCHEMA_POLICIES = ['propagate_all', 'add_columns', 'review', 'ignore', 'pause'] as const

export type SchemaPolicy = (typeof SCHEMA_POLICIES)[number]

/**
 * `apply`: now. `ask`: the run goes on without it, a person decides. `ignore`: never, and what it would hold is dropped and
 * counted. `keep`: nothing is changed; the column stays and stays null. `variant`: a new column `<name>__v2` beside the old
 * one. `pause`: nothing runs until a person has decided.
 */
export type Decision = 'apply' | 'ask' | 'ignore' | 'keep' | 'variant' | 'pause'

type Kind = SchemaChange['kind']

const DECISIONS: Record<SchemaPolicy, Record<Kind, Decision>> = {
  propagate_all: {
    create_table: 'apply',
    add_column: 'apply',
    retire_column: 'keep',
    widen_column: 'apply',
    retype_column: 'variant',
    change_key: 'pause',
  },
  add_columns: {
    create_table: 'ask',
    add_column: 'apply',
    retire_column: 'keep',
    widen_column: 'apply',
    retype_column: 'ask',
    change_key: 'pause',
  },
  review: {
    create_table: 'ask',
    add_column: 'ask',
    retire_column: 'ask',
    widen_column: 'ask',
    retype_column: 'ask',
    change_key: 'pause',
  },
  ignore: {
    create_table: 'ignore',
    add_column: 'ignore',
    retire_column: 'keep',
    widen_column: 'ignore',
    retype_column: 'ignore',
    change_key: 'pause',
  },
  pause: {
    create_table: 'pause',
    add_column: 'pause',
    retire_column: 'pause',
    widen_column: 'pause',
    retype_column: 'pause',
    change_key: 'pause',
  },
}

/**
 * What a policy says of a change. A table that the person has chosen, as at the first run, is not a change of ours: callers
 * create it without asking.
 */
export function decide(change: SchemaChange, policy: SchemaPolicy): Decision {
  return DECISIONS[policy][change.kind]
}
