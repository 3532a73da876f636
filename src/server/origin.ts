import type { FastifyRequest } from 'fastify'

/**
 * Address under which a caller reaches this server, without a slash at the end: the public one when it is asked for by that
 * name, else the name the caller used, since only there the browser keeps what we give it.
 */
export function originOf({ headers }: Pick<FastifyRequest, 'headers'>, publicUrl: string | null): string {
  const host = headers.host ?? '127.0.0.1'
  const isPublic = publicUrl !== null && new URL(publicUrl).hostname === host.replace(/:\d+$/, '')
  return isPublic ? publicUrl.replace(/\/+$/, '') : `http://${host}`
}
