import type { TLSSocket } from 'node:tls'
import type { FastifyRequest } from 'fastify'
import type { SenderRequest } from '../../event_sources/event_source.ts'
import { clientAddress } from './client_address.ts'
import type { Desk } from './desk.ts'

/** A request as senders see it, before its body is read. */
export function senderRequest(request: FastifyRequest, desk: Desk): SenderRequest {
  const { headers, socket } = request.raw
  return {
    params: request.params as SenderRequest['params'],
    query: request.query as SenderRequest['query'],
    headers,
    body: null,
    hasInfinity: false,
    ip: clientAddress(socket.remoteAddress, textOf(headers['x-forwarded-for']), desk.trustProxyHops),
    // Never X-Forwarded-Host: whoever writes it into a cached answer would have every page send its events to his host.
    host: headers.host ?? '',
    protocol: isSecure(request, desk.trustProxyHops) ? 'https' : 'http',
    receivedAt: desk.now(),
    limits: desk.limits,
    newId: desk.newId,
  }
}

function isSecure({ raw: { headers, socket } }: FastifyRequest, trustProxyHops: number): boolean {
  if ((socket as TLSSocket).encrypted) return true
  return trustProxyHops > 0 && textOf(headers['x-forwarded-proto'])?.split(',')[0]?.trim() === 'https'
}

const textOf = (header: string | string[] | undefined): string | undefined =>
  Array.isArray(header) ? header.join(',') : header
