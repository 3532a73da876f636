import type { SchemaPolicy } from '../../../src/server/contract_streams.ts'
import type { ConnectionSpec, Schedule } from '../api/specs.ts'
import { DAILY } from './schedule.ts'
import { STEPS, type Step } from './steps.ts'

/** A connection while it is put together; every field has a value, so that forms are plain. */
export interface ConnectionDraft {
  readonly name: string
  readonly account: string | null
  /** Null: all that the account reaches. */
  readonly advertisers: readonly string[] | null
  readonly warehouse: string | null
  readonly schema: string
  /** Null: the usual ones. */
  readonly streams: readonly string[] | null
  readonly schedule: Schedule
  readonly historyDays: number
  readonly backfillDays: number
  readonly policy: SchemaPolicy
}

/** What a new connection starts from: the server's own defaults. */
export const FIRST_DRAFT: ConnectionDraft = {
  name: '',
  account: null,
  advertisers: null,
  warehouse: null,
  schema: 'tiktok_ads',
  streams: null,
  schedule: DAILY,
  historyDays: 90,
  backfillDays: 30,
  policy: 'add_columns',
}

/** A stored connection as a draft. */
export const draftOf = (name: string, spec: ConnectionSpec): ConnectionDraft => ({
  name,
  account: spec.from.account,
  advertisers: spec.from.advertisers ?? null,
  warehouse: spec.to.warehouse,
  schema: spec.to.schema ?? FIRST_DRAFT.schema,
  streams: spec.from.streams ?? null,
  schedule: spec.schedule === undefined ? DAILY : spec.schedule,
  historyDays: spec.history_days ?? FIRST_DRAFT.historyDays,
  backfillDays: spec.backfill_days ?? FIRST_DRAFT.backfillDays,
  policy: spec.schema_policy ?? FIRST_DRAFT.policy,
})

/** The draft as the server takes it. */
export const specOf = (draft: ConnectionDraft): ConnectionSpec => ({
  from: {
    account: draft.account ?? '',
    ...(draft.advertisers ? { advertisers: draft.advertisers } : {}),
    ...(draft.streams ? { streams: draft.streams } : {}),
  },
  to: { warehouse: draft.warehouse ?? '', schema: draft.schema },
  schedule: draft.schedule,
  history_days: draft.historyDays,
  backfill_days: draft.backfillDays,
  schema_policy: draft.policy,
})

/** The name offered for a connection: `main-to-local`. */
export const offeredName = ({ account, warehouse }: ConnectionDraft): string =>
  account && warehouse ? `${account}-to-${warehouse}`.slice(0, 63) : ''

/** What a step still lacks, in words; null when the next may follow. */
export function lacking(step: Step, draft: ConnectionDraft): string | null {
  switch (step) {
    case 'account':
      return draft.account ? null : 'Choose an account'
    case 'warehouse':
      return draft.warehouse ? null : 'Choose a warehouse'
    case 'streams':
      return draft.streams?.length === 0 ? 'Switch on at least one stream' : null
    case 'schedule':
      return draft.historyDays > 0 ? null : 'Read at least one day'
    case 'policy':
    case 'summary':
      return null
  }
}

/** The first step that lacks something before this one; that one must be done first. */
export const stepToDo = (step: Step, draft: ConnectionDraft): Step =>
  STEPS.slice(0, STEPS.indexOf(step)).find((before) => lacking(before, draft) !== null) ?? step
