import { isObject, type Json } from '../../core/json.ts'
import type { Endpoint } from '../endpoint.ts'

/** The person whose consent the token stands for. */
export interface UserInfo {
  readonly display_name: string
  /** Masked by TikTok. */
  readonly email: string | null
  /** Good for two days. */
  readonly avatar_url: string | null
}

/** Who signed in; the cheapest question that any token must be good for. */
export const userInfo: Endpoint<Record<string, never>, UserInfo> = {
  method: 'GET',
  path: '/user/info/',
  docs: 'TikTok API for Business v1.3, Account, Get user info',
  parse,
}

function parse(data: Json): UserInfo {
  if (!isObject(data)) throw new Error('Cannot read the user: the answer holds none')
  return {
    display_name: textOf(data['display_name']) ?? '',
    email: textOf(data['email']),
    avatar_url: textOf(data['avatar_url']),
  }
}

const textOf = (value: Json | undefined): string | null => (typeof value === 'string' && value !== '' ? value : null)
