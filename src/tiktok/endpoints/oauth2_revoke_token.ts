import type { Endpoint } from '../endpoint.ts'

export interface Oauth2RevokeTokenParams {
  readonly app_id: string
  readonly secret: string
  readonly access_token: string
}

/** Makes a token useless for everyone who has it. */
export const oauth2RevokeToken: Endpoint<Oauth2RevokeTokenParams, null> = {
  method: 'POST',
  path: '/oauth2/revoke_token/',
  docs: 'TikTok API for Business v1.3, Authentication, Revoke a long-term access token',
  isOpen: true,
  secrets: ['secret', 'access_token'],
  parse: () => null,
}
