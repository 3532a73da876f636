import { RUN_CODES } from './core/run_codes.ts'
import { INGEST_REMEDIES, INGEST_WARNINGS } from './event_sources/reasons.ts'
import { CALL_CODES } from './tiktok/call_codes.ts'
import { EVENT_REASONS } from './tiktok/reasons.ts'
import { WAREHOUSE_CODES } from './warehouses/warehouse_codes.ts'

/** Codes that are met in the same place. */
export interface ErrorArea {
  readonly title: string
  readonly about: string
  /** Code to a sentence: what it means, or what to do about it. */
  readonly codes: Readonly<Record<string, string>>
}

/** Mappings and triggers that cannot be used, or cannot be used on an event. */
const MAPPING_CODES: Readonly<Record<string, string>> = {
  'mapping.bad_trigger': 'The trigger cannot be read; the message names the character, and what would be right there',
  'mapping.invalid': 'The mapping cannot be compiled; the message names the field, and what would be right there',
  'mapping.failed': 'The mapping ran over its limits on this event; correct the mapping, then replay the event',
  'mapping.gone': 'The event was to go through a mapping that the sync has no more; add one of that name, then replay',
}

/** What becomes of deliveries for reasons of our own. */
const DELIVERY_CODES: Readonly<Record<string, string>> = {
  'delivery.no_mapping':
    'No mapping of the sync applies to the event, so it is filtered; the message says why, rule by rule',
  'delivery.sync_off': 'The sync is switched off; its events wait until it is switched on',
  'delivery.not_tried': 'The item was to travel in a later request, and an earlier one failed; send it again',
  'delivery.unknown':
    'TikTok never said whether it took the event, and after 47 hours a repetition could count twice; look for the event_id in Events Manager before you replay it',
  'delivery.failed':
    'Sending broke for a reason of our own, which the log of the worker says; the event is tried again like after a call that failed',
  'delivery.event_gone': 'The event is no longer kept, so it cannot be sent again',
  'sync.broken': 'The sync cannot be opened as it is stored and is paused; correct it, which also resumes it',
  'sync.removed': 'The sync was removed before the event was sent; make a sync of the same name, then replay',
}

/** What can go wrong between leaving for TikTok's consent page and coming back. */
const SIGN_IN_CODES: Readonly<Record<string, string>> = {
  'oauth.no_app': 'No developer app is known to sign in with; give its id and secret, or set BACKBEAT_TIKTOK_APP_ID',
  'oauth.unknown_state': 'The sign-in is not known here, or was used already; begin again from the account',
  'oauth.expired': 'The sign-in began more than ten minutes ago; begin again from the account',
  'oauth.other_browser': 'The sign-in began in another browser, or under another address of the server; begin again',
  'oauth.denied': "Nobody confirmed on TikTok's page; somebody with a role on the advertisers must",
  'oauth.code_used':
    'The code that TikTok sent was used before, or is older than an hour; begin again from the account',
  'oauth.wrong_app': "TikTok knows no such app id and secret; compare them with those in TikTok's developer portal",
  'account.disconnected': 'A person disconnected the account; sign in again to go on',
}

/** Answers of the API other than success. */
const API_CODES: Readonly<Record<string, string>> = {
  'api.bad_request': 'The request cannot be read; the message names the field',
  'api.invalid': 'What was sent cannot be right; `problems` lists everything that is wrong with it',
  'api.in_use': 'Something else refers to the resource; change that first',
  'api.not_found': 'There is no such thing; events are kept for as long as BACKBEAT_RETENTION says',
  'api.login_required': 'Log in first: POST /api/v1/session',
  'api.wrong_password': 'The password is wrong',
  'api.too_many_logins': 'Too many tries; wait a minute',
  'api.forged': 'A change did not come from the console; reload the page',
  'api.foreign_host': 'The server was reached under a name that is not its own; set BACKBEAT_PUBLIC_URL to it',
  'api.busy': 'Too many live views are open; close some',
  'api.paused': 'What was to run waits for a person; correct what the message says, or resume it',
  'api.bad_query': 'The query cannot be run as it is; the message says what is wrong with it',
  'api.slow': 'TikTok or a warehouse did not answer in time; ask for less, or see what keeps it busy',
  'api.internal': 'Something of ours broke; the log of the server says what',
}

/** Every code that stands in an answer, a trace or a list, once. Codes are stable: scripts may rely on them. */
export const ERROR_AREAS: readonly ErrorArea[] = [
  {
    title: 'Refused at the door',
    about: 'The request or event was not kept. Senders are told, and the source lists it with its reason.',
    codes: INGEST_REMEDIES,
  },
  {
    title: 'Kept with a remark',
    about: 'The event was kept; what was odd about it stands in the event, under `_backbeat`.',
    codes: INGEST_WARNINGS,
  },
  {
    title: 'Triggers and mappings',
    about: 'Found when a sync is saved, or when it meets an event.',
    codes: MAPPING_CODES,
  },
  {
    title: 'Held back, or sent with a warning',
    about: 'Found while a mapped event is shaped for TikTok, before anything is sent.',
    codes: EVENT_REASONS,
  },
  { title: 'Calls to TikTok', about: 'What an answer of TikTok, or the lack of one, means.', codes: CALL_CODES },
  {
    title: 'Calls to a warehouse',
    about: 'What an error of a database, or its silence, means.',
    codes: WAREHOUSE_CODES,
  },
  { title: 'Deliveries and syncs', about: 'Reasons of our own.', codes: DELIVERY_CODES },
  {
    title: 'Runs',
    about: 'Why a run from TikTok, or a slice of it, did not do all it was asked for.',
    codes: RUN_CODES,
  },
  { title: 'Signing in at TikTok', about: 'What becomes of an account that is connected.', codes: SIGN_IN_CODES },
  { title: 'The API', about: 'Every error answer is `{ error: { code, message, problems? } }`.', codes: API_CODES },
]
