import { isObject, type Json } from '../core/json.ts'

/** What TikTok wraps every answer in. The HTTP status is 200 even for most failures; `code` is the verdict. */
export interface Envelope {
  readonly code: number
  readonly message: string
  readonly requestId: string | null
  readonly data: Json
}

/** Reads an answer's body; null when it is not TikTok's envelope: empty, HTML, cut short, somebody else's JSON. */
export function readEnvelope(text: string): Envelope | null {
  const body = parseAnswer(text)
  if (!isObject(body) || !Number.isInteger(body['code'])) return null
  return {
    code: body['code'] as number,
    message: typeof body['message'] === 'string' ? body['message'] : '',
    requestId: typeof body['request_id'] === 'string' ? body['request_id'] : null,
    data: body['data'] ?? null,
  }
}

function parseAnswer(text: string): unknown {
  try {
    // A reviver makes parsing several times slower, and few answers hold a number that long; ids in quotes are text already.
    return /[:,[]\s*-?\d{16}/.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text)
  } catch {
    return null
  }
}

/** TikTok's ids have up to 19 digits, a JavaScript number holds not quite 16: such integers become text. */
function keepDigits(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value) || !Number.isInteger(value)) return value
  return context?.source ?? value
}
