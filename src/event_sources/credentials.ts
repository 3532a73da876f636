import { isObject, type Json } from '../core/json.ts'
import type { Credential, SenderRequest } from './event_source.ts'

/**
 * Write keys of a request, likeliest first: the user name of Basic authorization (with or without its colon), the query,
 * the body, the first event of a batch. Clients use one of these or several.
 */
export function credentialsOf(request: SenderRequest): readonly Credential[] {
  const body = request.body ?? {}
  return [
    ...basic(request.headers['authorization']),
    ...bare('url', request.query['writeKey']),
    ...bare('body', body['writeKey']),
    ...bare('body', writeKeyOfFirst(body['batch'])),
  ]
}

/** The write key that is one element of the path. */
export const credentialInPath = (request: SenderRequest): readonly Credential[] =>
  bare('url', request.params['writeKey'])

const BASIC = /^basic /i

function basic(authorization: string | readonly string[] | undefined): readonly Credential[] {
  if (typeof authorization !== 'string' || !BASIC.test(authorization)) return []
  const [, writeKey = '', secret = ''] = USER_PASSWORD.exec(decoded(authorization)) ?? []
  return writeKey === '' ? [] : [{ writeKey, secret, place: 'header' }]
}

const USER_PASSWORD = /^([^:]*):?(.*)$/s
const decoded = (authorization: string): string =>
  Buffer.from(authorization.slice('basic '.length), 'base64').toString()

function writeKeyOfFirst(batch: Json | undefined): Json | undefined {
  const first = Array.isArray(batch) ? batch[0] : undefined
  return isObject(first) ? first['writeKey'] : undefined
}

const bare = (place: Credential['place'], writeKey: unknown): readonly Credential[] =>
  typeof writeKey === 'string' && writeKey !== '' ? [{ writeKey, secret: '', place }] : []
