import { isObject, type Json } from '../../core/json.ts'
import type { Endpoint } from '../endpoint.ts'

export interface Oauth2AccessTokenParams {
  readonly app_id: string
  readonly secret: string
  /** From the address TikTok sent the browser back to; good for an hour, and once. */
  readonly auth_code: string
}

export interface AccessToken {
  /** It does not expire: it ends when the advertiser, the app or we say so. */
  readonly access_token: string
  /** Whom the person has let us reach, as of now; read it anew before each use. */
  readonly advertiser_ids: readonly string[]
  /** Numbers, whose meaning TikTok shows in its developer portal. */
  readonly scope: readonly string[]
}

/** Gives a token for the code that a person brought back from TikTok's consent page. */
export const oauth2AccessToken: Endpoint<Oauth2AccessTokenParams, AccessToken> = {
  method: 'POST',
  path: '/oauth2/access_token/',
  docs: 'TikTok API for Business v1.3, Authentication, Obtain a long-term access token',
  isOpen: true,
  secrets: ['secret', 'auth_code'],
  parse,
}

function parse(data: Json): AccessToken {
  if (!isObject(data) || typeof data['access_token'] !== 'string' || data['access_token'] === '')
    throw new Error('Cannot read the answer: it holds no access token')
  return {
    access_token: data['access_token'],
    advertiser_ids: textsOf(data['advertiser_ids']),
    scope: textsOf(data['scope']),
  }
}

const textsOf = (list: Json | undefined): string[] => (Array.isArray(list) ? list.map(String) : [])
