import { isObject, type Json } from '../core/json.ts'
import type { Credential, SenderRequest } from './event_source.ts'

/**
 * Write keys of a request, likeliest first: the user name of Basic authorization (with or without its colon), the query,
 * the body, the first event of a batch. Clients use one of these or several.
 */
export function credentialsOf(request: SenderRequest): readonly Credential[] {
  const body = request.body ?? {}
  return [
    ...at('header', basicUser(request.headers['authorization'])),
    ...at('url', request.query['writeKey']),
    ...at('body', body['writeKey']),
    ...at('body', writeKeyOfFirst(body['batch'])),
  ]
}

/** The write key that is one element of the path. */
export const credentialInPath = (request: SenderRequest): readonly Credential[] => at('url', request.params['writeKey'])

const BASIC = /^basic /i

function basicUser(authorization: string | readonly string[] | undefined): string | undefined {
  if (typeof authorization !== 'string' || !BASIC.test(authorization)) return undefined
  const user = Buffer.from(authorization.slice('basic '.length), 'base64').toString()
  const colon = user.indexOf(':')
  return colon === -1 ? user : user.slice(0, colon)
}

function writeKeyOfFirst(batch: Json | undefined): Json | undefined {
  const first = Array.isArray(batch) ? batch[0] : undefined
  return isObject(first) ? first['writeKey'] : undefined
}

const at = (place: Credential['place'], writeKey: unknown): Credential[] =>
  typeof writeKey === 'string' && writeKey !== '' ? [{ writeKey, place }] : []
