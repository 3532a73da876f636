import type { LoggedRequest } from '../request_log.ts'
import { type Control, numberParam, some } from './control.ts'

const LIMIT = 100

function readable(body: Buffer): unknown {
  const text = body.toString('utf8')
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/**
 * `GET /__simulator/requests`: the newest calls to TikTok's paths, newest first. Filters `path` (a part of it), `code`,
 * `limit`, `after` (an `id`). `bodies=1` adds `body` where it is still kept: the newest fifty, 16 MB in all.
 */
export const listRequests: Control = (call, { requests }) => {
  const { query } = call
  const after = numberParam(call, 'after', 0)
  const path = query.get('path') ?? ''
  const code = query.get('code')
  const isWanted = ({ request }: { request: LoggedRequest }) =>
    request.id > after && request.path.includes(path) && (code === null || `${request.code}` === code)
  const kept = some(requests.newestFirst(), isWanted, numberParam(call, 'limit', LIMIT))
  const withBodies = query.get('bodies') === '1'
  const listed = kept.map(({ request, body }) =>
    withBodies && body !== null ? { ...request, body: readable(body) } : request,
  )
  return { json: { total: requests.count, requests: listed } }
}
