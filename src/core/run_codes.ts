/** Why a run from TikTok, or a slice of it, did not do all it was asked for. */
export const RUN_CODES = {
  'run.failed':
    'Reading or loading broke for a reason of our own, which the log of the worker says; the next run reads it again',
  'run.incomplete':
    'Some slices were not read; the run lists them with their reasons, and the next run reads them again',
  'run.no_advertisers': 'The account reaches none of the advertisers; sign in as somebody who has a role on them',
  'run.advertiser_lost':
    'The account does not reach the advertiser any more; its tables stay as they are until it does',
  'run.advertisers_left_out':
    'The account lists advertisers that it may not read; give the person who signed in a role on them, or name the others in the sync',
  'run.empty_answer':
    'TikTok gave no rows for days that hold spend, which lost permission looks just like; compare with Ads Manager, then read the days again with --accept-empty',
  'run.tiktok_down': 'Several readings in a row failed at TikTok; the next run goes on where this one stopped',
  'run.stream_gone': 'The sync no longer reads this stream, or the stream is no more; its table stays as it is',
  'schema.waits': 'A change of the table waits for a decision; accept or ignore it in the console',
  'schema.held_back':
    'The policy for schema changes keeps the table as it is, so the stream has no place to go; choose another policy, or accept the change',
  'schema.values_dropped':
    'The table has no place for some values, as the policy for schema changes says; the rest was loaded, and these come once the change is accepted and the days are read again',
} as const satisfies Readonly<Record<string, string>>

export type RunCode = keyof typeof RUN_CODES
