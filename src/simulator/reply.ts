import { STATUS_CODES } from 'node:http'
import { type Answer, envelope, refused } from './answer.ts'
import { type Call, eventSourceIdOf } from './call.ts'
import { CODE, httpStatusOf } from './codes.ts'
import type { FaultKind, FaultOrder } from './fault_kinds.ts'
import { MESSAGE } from './messages.ts'
import type { Settings } from './settings.ts'

/** What goes over the wire, to the byte. */
export type Reply =
  | {
      readonly kind: 'whole'
      readonly status: number
      readonly headers: Readonly<Record<string, string>>
      readonly body: string | Buffer
    }
  /** Half of the JSON, then the connection ends. */
  | { readonly kind: 'half'; readonly body: string }
  /** The same answer with `bytes` of padding in its `data`. */
  | { readonly kind: 'huge'; readonly body: string; readonly bytes: number }
  /** The connection ends without a byte. */
  | { readonly kind: 'cut' }
  /** Nothing for `ms`, or for ever, then HTTP 504. */
  | { readonly kind: 'silence'; readonly ms: number | null }

const HTML = { 'content-type': 'text/html' }
const TAKEN_IN: readonly FaultKind[] = ['cut_after', 'cut_mid', 'huge']
const HUGE_BYTES = 50 * 2 ** 20

const nginx = (title: string) =>
  `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`

/** The page a gateway in front of TikTok answers with. */
export function gatewayPage(status: number, retryAfter?: number | string): Reply {
  const headers = retryAfter === undefined ? HTML : { ...HTML, 'retry-after': `${retryAfter}` }
  return { kind: 'whole', status, headers, body: nginx(`${status} ${STATUS_CODES[status]}`) }
}

/** TikTok's own answer. */
export const spoken = (answer: Answer, requestId: string, settings: Settings): Reply => ({
  kind: 'whole',
  status: settings.http_status === 'by_code' ? httpStatusOf(answer.code) : 200,
  headers: { 'content-type': answer.file?.contentType ?? 'application/json', ...answer.headers },
  body: answer.file?.content ?? envelope(answer, requestId),
})

/** Whether what was sent is taken in although the call is hit by this fault. */
export const takesIn = ({ fault, processed }: FaultOrder): boolean => processed ?? TAKEN_IN.includes(fault)

function noPermissionOf(call: Call): string {
  const advertiserId = call.query.get('advertiser_id')
  return advertiserId === null
    ? MESSAGE.noPermission(eventSourceIdOf(call.json()) ?? '')
    : MESSAGE.noAdvertiser(advertiserId)
}

/** The answer that a fault speaks in TikTok's name, or null for faults of the wire. */
export function faultAnswer({ fault, code, message }: FaultOrder, call: Call): Answer | null {
  switch (fault) {
    case 'throttle':
      return refused(CODE.REQUEST_TOO_FREQUENT, message ?? MESSAGE.tooMany)
    case 'revoked':
      return refused(CODE.INVALID_ACCESS_TOKEN, message ?? MESSAGE.badToken)
    case 'no_permission':
      return refused(CODE.PERMISSION_ERROR, message ?? noPermissionOf(call))
    case 'code':
      return refused(code!, message ?? 'Ordered by a test.')
    default:
      return null
  }
}

/** The reply of a fault of the wire. `answer` is what TikTok would have said. */
export function faultReply(order: FaultOrder, answer: Answer, requestId: string): Reply {
  switch (order.fault) {
    case 'http_429':
    case 'http_500':
    case 'http_502':
    case 'http_503':
      return gatewayPage(Number(order.fault.slice('http_'.length)), order.retry_after)
    case 'html_200':
      return { kind: 'whole', status: 200, headers: HTML, body: nginx('Welcome to nginx!') }
    case 'empty_200':
      return { kind: 'whole', status: 200, headers: { 'content-type': 'application/json' }, body: '' }
    case 'redirect_302':
      return { kind: 'whole', status: 302, headers: { ...HTML, location: '/moved/' }, body: nginx('302 Found') }
    case 'huge':
      return {
        kind: 'huge',
        body: envelope({ ...answer, data: { padding: '' } }, requestId),
        bytes: order.bytes ?? HUGE_BYTES,
      }
    case 'timeout':
      return { kind: 'silence', ms: order.after_ms ?? null }
    case 'cut_mid':
      return { kind: 'half', body: envelope(answer, requestId) }
    default:
      return { kind: 'cut' }
  }
}
