import type { TrackedEvent } from './event.ts'
import { type JsonObject, objectAt, textAt } from './json.ts'

/** Members whose value is there. */
const given = (members: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))

const secondsOf = (timestamp: unknown, at: number): number =>
  Math.floor((typeof timestamp === 'string' ? Date.parse(timestamp) : at) / 1000)

const userOf = (context: JsonObject): JsonObject => {
  const user = objectAt(context, 'user')
  const device = objectAt(context, 'device')
  return given({
    email: user['email'] ?? user['emails'],
    phone: user['phone_number'] ?? user['phone_numbers'],
    external_id: user['external_id'],
    ttp: user['ttp'],
    ttclid: objectAt(context, 'ad')['callback'],
    ip: context['ip'],
    user_agent: context['user_agent'],
    locale: context['locale'],
    idfa: device['idfa'],
    idfv: device['idfv'],
    gaid: device['gaid'],
    att_status: device['att_status'],
  })
}

const appOf = (context: JsonObject, sourceId: string): JsonObject => {
  const app = objectAt(context, 'app')
  return given({ app_id: textAt(app, 'id') ?? sourceId, app_name: app['name'], app_version: app['version'] })
}

/** A 1.0 event as the 2.0 event it amounts to. Without a timestamp it happened when it arrived. `at` in ms. */
export function translate(item: JsonObject, sourceId: string, at: number): TrackedEvent {
  const context = objectAt(item, 'context')
  const leadId = objectAt(context, 'user')['lead_id']
  const members = given({
    event_id: item['event_id'],
    user: userOf(context),
    properties: item['properties'],
    page: context['page'],
    app: appOf(context, sourceId),
    lead: leadId === undefined ? undefined : { lead_id: leadId },
    limited_data_use: item['limited_data_use'],
  })
  return { ...members, event: String(item['event']), event_time: secondsOf(item['timestamp'], at) }
}

/** Where a field of the 2.0 event stands in a 1.0 event. */
const OLD_PATHS: Readonly<Record<string, string>> = {
  event_time: 'timestamp',
  'user.email': 'context.user.email',
  'user.phone': 'context.user.phone_number',
  'user.external_id': 'context.user.external_id',
  'page.url': 'context.page.url',
}

export const oldPathOf = (path: string): string => OLD_PATHS[path] ?? path
