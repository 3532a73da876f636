/** TikTok's return codes that the simulator gives. Names follow TikTok's published list of return codes. */
export const CODE = {
  OK: 0,
  PARTIAL_OK: 20001,
  PERMISSION_ERROR: 40001,
  PARAM_ERROR: 40002,
  INVALID_BATCH_SIZE: 40061,
  PII_NOT_HASHED: 40062,
  INVALID_PARTNER_NAME: 40063,
  QUERY_TOO_BIG: 40067,
  REQUEST_TOO_FREQUENT: 40100,
  INVALID_PARTNER: 40101,
  ACCESS_TOKEN_EXPIRE: 40102,
  EMPTY_ACCESS_TOKEN: 40104,
  INVALID_ACCESS_TOKEN: 40105,
  AUTH_CODE_USED: 40110,
  NOT_IN_WHITELIST: 40118,
  REQUEST_FREQUENCY_LIMITED: 40132,
  TASK_ERROR: 40200,
  TASK_NOT_READY: 40201,
  NOT_FOUND: 40300,
  ROUTE_NOT_FOUND: 40400,
  INTERFACE_OFFLINE: 41001,
} as const

const THROTTLED: ReadonlySet<number> = new Set([CODE.REQUEST_TOO_FREQUENT, CODE.REQUEST_FREQUENCY_LIMITED])
const isAboutTheToken = (code: number) => code >= 40101 && code <= 40117

/** The HTTP status that fits a return code, for the world where TikTok does not answer 200 to everything. */
export function httpStatusOf(code: number): number {
  if (code < 40000 || code > 49999) return 200
  if (THROTTLED.has(code)) return 429
  return isAboutTheToken(code) ? 401 : 400
}
