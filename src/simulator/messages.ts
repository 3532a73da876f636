/**
 * What TikTok says, word for word where its answer has been seen in public; the others, marked with "ours", follow
 * the pattern of the seen ones.
 */
export const MESSAGE = {
  badToken: 'Access token is incorrect or has been revoked.',
  tooMany: 'Too many requests. Please retry in some time.',
  appTooMany: (perSecond: number) => `App reaches the QPS limit ${perSecond}`,
  authCode: 'Auth code is expired or has been used.',
  eventSource: 'Invalid value for event_source: must be web, app or offline.',
  noPermission: (id: string) =>
    `No permission to operate pixel code: ${id}. You must be an admin or operator of this advertiser account.`,
  noAdvertiser: (id: string) => `No permission to operate advertiser ${id}.`,
  noSuchAdvertiser: (id: string) => `Advertiser ${id} doesn't exist or has been deleted.`,
  missing: (field: string) => `${field}: Missing data for required field.`,
  invalid: (field: string, reason: string) => `Invalid value for ${field}: ${reason}.`,
  /** Item of a 1.0 batch: a capital letter and no full stop. */
  invalidInBatch: (index: number, path: string, reason: string) =>
    `${['Batch', index, ...(path === '' ? [] : [path])].join('.')}: ${reason[0]!.toUpperCase()}${reason.slice(1)}`,
  metrics: (names: readonly string[]) =>
    `Please correct the information in invalid metric fields and try again. Invalid metric fields: [${names.map((name) => `'${name}'`).join(', ')}]. `,
  filterField: (field: string) => `Invalid value for filter field: ${field} is not supported. `,
  standsAlone: (value: string) => `The value '${value}' cannot be combined with other enum values for this parameter`,
  /** Seen with `max time span is 30 days when use stat_time_day` in it. */
  range: (days: number, dimension: string | null) =>
    `Invalid date range: max time span is ${days} days when use ${dimension ?? 'no time dimension'}.`,
  tooFrequent: 'Requests made too frequently. Please try again later.',
  tooManyRows: 'The query is too big. Please narrow the date range or the filters.', // ours
  blockedRequest: 'This request has timed out too often. Please change it or try again later.', // ours
  noSuchTask: (id: string) => `Task ${id} does not exist or has expired.`, // ours
  taskNotReady: 'The task is not finished.', // ours
  taskNotStoppable: (status: string) => `The task cannot be cancelled: its status is ${status}.`, // ours
  noCenter: (id: string) => `No permission to operate Business Center ${id}.`, // ours
  noToken: 'Access token is empty.', // ours
  expired: 'Access token has expired.', // ours
  noRoute: (path: string) => `Route not found: ${path}`, // ours
  notJson: 'Request body is not a valid JSON object.', // ours
  gzip: 'Content-Encoding is not supported.', // ours
  contentType: 'Content-Type must be application/json.', // ours
  batchSize: (field: string, max: number) => `Invalid value for ${field}: must hold 1 to ${max} events.`, // ours
  partnerName: 'Invalid value for partner_name: not a registered partner.', // ours
  appSecret: 'App id or secret is incorrect.', // ours
  notAllowListed: 'App events need to be enabled for this account.', // ours
  partial: 'Partial success.', // ours
  retired: 'This endpoint has been retired.', // ours
} as const
