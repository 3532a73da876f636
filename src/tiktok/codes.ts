/** What a return code says about the call: what happens next, not what it is called. */
export type Verdict =
  | 'ok'
  /** Some items were taken, some were not. */
  | 'partial'
  /** Something in what we sent is wrong. */
  | 'refused'
  /** The token is missing, wrong, expired or revoked. */
  | 'token'
  /** The token is good but may not do this. */
  | 'permission'
  /** Wrong address, version or setting: no item is to blame, and trying again cannot help. */
  | 'denied'
  /** What we asked about is not there any more, or never was ours. */
  | 'gone'
  /** Too much at once; in parts it works. */
  | 'too_large'
  | 'throttled'
  /** TikTok is in trouble, or busy with itself. */
  | 'unavailable'

/**
 * TikTok's return codes as its Business API SDK names them (those it leaves out, such as 40016 and 40067, by what they
 * mean), and what each means for a caller.
 */
export const RETURN_CODES: { readonly [code: number]: { readonly name: string; readonly verdict: Verdict } } = {
  0: { name: 'OK', verdict: 'ok' },
  20001: { name: 'PARTIAL_OK', verdict: 'partial' },

  40000: { name: 'INVALID_PARAMS', verdict: 'refused' },
  40002: { name: 'PARAM_ERROR', verdict: 'refused' },
  40012: { name: 'NOTHING_TO_UPDATE', verdict: 'refused' },
  40050: { name: 'DUPLICATED_REQUEST', verdict: 'refused' },
  40062: { name: 'PII_NOT_HASHED', verdict: 'refused' },
  40700: { name: 'RPC_VALIDATION_ERROR', verdict: 'refused' },

  40011: { name: 'ID_LIMIT_EXCEED', verdict: 'too_large' },
  40061: { name: 'INVALID_BATCH_SIZE', verdict: 'too_large' },
  40067: { name: 'QUERY_TOO_LARGE', verdict: 'too_large' },

  40101: { name: 'INVALID_PARTNER', verdict: 'token' },
  40102: { name: 'ACCESS_TOKEN_EXPIRE', verdict: 'token' },
  40103: { name: 'REFRESH_TOKEN_EXPIRE', verdict: 'token' },
  40104: { name: 'EMPTY_ACCESS_TOKEN', verdict: 'token' },
  40105: { name: 'INVALID_ACCESS_TOKEN', verdict: 'token' },
  40106: { name: 'INVALID_CORE_USER', verdict: 'token' },
  40107: { name: 'INVALID_REFRESH_TOKEN', verdict: 'token' },
  40108: { name: 'INVALID_GRANT_TYPE', verdict: 'token' },
  40109: { name: 'ERROR_AES_DECIPHER', verdict: 'token' },
  40110: { name: 'AUTH_CODE_ERROR', verdict: 'token' },
  40112: { name: 'PASSWORD_ERROR', verdict: 'token' },
  40113: { name: 'APP_FORBIDDEN', verdict: 'token' },
  40114: { name: 'ADVERTISER_LOGOUT', verdict: 'token' },
  40115: { name: 'AUTH_TIMESTAMP_EXPIRE', verdict: 'token' },
  40116: { name: 'AUTH_SIG_ERROR', verdict: 'token' },
  40309: { name: 'REQUIRE_LOGIN', verdict: 'token' },

  40001: { name: 'PERMISSION_ERROR', verdict: 'permission' },
  40003: { name: 'FORBIDDEN', verdict: 'permission' },
  40117: { name: 'APP_METHOD_FORBIDDEN', verdict: 'permission' },
  40118: { name: 'NOT_IN_WHITELIST', verdict: 'permission' },
  40119: { name: 'IDENTITY_MISMATCH', verdict: 'permission' },
  40124: { name: 'DEVELOPER_REJECTED', verdict: 'permission' },
  40125: { name: 'DEVELOPER_NO_PERMISSION', verdict: 'permission' },
  40126: { name: 'GARM_SINGLE_AUTH_FAILED', verdict: 'permission' },
  40127: { name: 'GARM_DOUBLE_AUTH_FAILED', verdict: 'permission' },
  40128: { name: 'GARM_SINGLE_VALIDATE_ERROR', verdict: 'permission' },
  40129: { name: 'GARM_DOUBLE_VALIDATE_ERROR', verdict: 'permission' },
  40130: { name: 'SCOPE_NOT_AUTHORIZED', verdict: 'permission' },
  40131: { name: 'SCOPE_TT_USER_OAUTH_FAILED', verdict: 'permission' },
  41000: { name: 'BLOCKED', verdict: 'permission' },
  70001: { name: 'INVALID_BIZ_AUTH_TYPE', verdict: 'permission' },

  40007: { name: 'NOT_EXIST', verdict: 'gone' },
  40300: { name: 'ADVERTISER_NOT_EXIST', verdict: 'gone' },
  40301: { name: 'ADVERTISER_ROLE_ERROR', verdict: 'gone' },
  40302: { name: 'CUSTOMER_ADVERTISER_NOT_EXIST', verdict: 'gone' },

  40006: { name: 'VERSION_ERROR', verdict: 'denied' },
  40008: { name: 'NOT_IMPL', verdict: 'denied' },
  40009: { name: 'UNSUPPORTED_IN_SANDBOX', verdict: 'denied' },
  40010: { name: 'UNSUPPORTED_DOMAIN', verdict: 'denied' },
  40013: { name: 'NO_SANDBOX_ACCOUNT', verdict: 'denied' },
  40014: { name: 'WRONG_CLUSTER', verdict: 'denied' },
  40051: { name: 'INVALID_API_VERSION', verdict: 'denied' },
  40063: { name: 'INVALID_PARTNER_NAME', verdict: 'denied' },
  40400: { name: 'ROUTE_NOT_FOUND', verdict: 'denied' },
  40900: { name: 'SIGNATURE_ERROR', verdict: 'denied' },
  41001: { name: 'INTERFACE_OFFLINE', verdict: 'denied' },
  41002: { name: 'FIELDS_OFFLINE', verdict: 'denied' },

  40016: { name: 'BUSINESS_FREQUENCY_LIMITED', verdict: 'throttled' },
  40100: { name: 'REQUEST_TOO_FREQUENT', verdict: 'throttled' },
  40132: { name: 'REQUEST_FREQUENCY_LIMITED', verdict: 'throttled' },
  40133: { name: 'PATH_FREQUENCY_LIMITED', verdict: 'throttled' },
  51021: { name: 'SERVICE_TOO_FREQUENT', verdict: 'throttled' },
  61000: { name: 'TOO_MANY_REQUESTS_BL', verdict: 'throttled' },

  40200: { name: 'GENERAL_TASK_ERROR', verdict: 'unavailable' },
  40201: { name: 'TASK_NOT_READY', verdict: 'unavailable' },
  40202: { name: 'WRITE_CONFLICT', verdict: 'unavailable' },
  50000: { name: 'SYS_ERROR', verdict: 'unavailable' },
  50002: { name: 'SYS_TIMEOUT', verdict: 'unavailable' },
  51010: { name: 'INTERNAL_TIME_OUT', verdict: 'unavailable' },
  51012: { name: 'PIXEL_ERROR', verdict: 'unavailable' },
  51050: { name: 'MEASUREMENT_STONE_ERROR', verdict: 'unavailable' },
  51054: { name: 'CRM_ERROR', verdict: 'unavailable' },
  51057: { name: 'APP_ERROR', verdict: 'unavailable' },
  53102: { name: 'DESERIALIZATION_ERROR', verdict: 'unavailable' },
  53103: { name: 'SERIALIZATION_ERROR', verdict: 'unavailable' },
  60001: { name: 'MAINTENANCE', verdict: 'unavailable' },
}

/** What a return code means; null for one that nobody has told us of. 51xxx to 53xxx are failures behind TikTok's own door. */
export function verdictOf(code: number): Verdict | null {
  const known = RETURN_CODES[code]
  if (known) return known.verdict
  return code >= 51_000 && code < 54_000 ? 'unavailable' : null
}
