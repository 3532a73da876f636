import { isObject, type Json, type JsonObject } from '../core/json.ts'

/** `context.library.name` of libraries that run on a company's servers: the connection is never the visitor's. */
const SERVER_LIBRARIES: ReadonlySet<Json | undefined> = new Set([
  '@segment/analytics-node',
  'analytics-node',
  'analytics-python',
  'analytics-go',
  'analytics-java',
  'analytics-ruby',
  'analytics-php',
  'Analytics.NET',
])

/** Libraries that run in the visitor's browser or on the visitor's device. */
const VISITOR_LIBRARIES: ReadonlySet<Json | undefined> = new Set([
  'analytics.js',
  'analytics-ios',
  'analytics-android',
  'analytics-swift',
  '@segment/analytics-react-native',
  'RudderLabs JavaScript SDK',
])

// The same library for Android and for servers; on a device it names the device.
const EITHER_LIBRARY = 'analytics-kotlin'

/**
 * Whether the request comes from the visitor's own browser or device, so that its address and User-Agent are the
 * visitor's. A server's would spoil matching, so in doubt it is no: neither known library, channel nor Origin, no.
 * `context.direct` is the sender's own word for it.
 */
export function isFromVisitor(event: JsonObject, context: JsonObject, hasOrigin: boolean): boolean {
  if (context['direct'] === true) return true
  const channel = event['channel'] ?? context['channel']
  const library = isObject(context['library']) ? context['library']['name'] : undefined
  if (channel === 'server' || SERVER_LIBRARIES.has(library)) return false
  if (hasOrigin || channel === 'web' || channel === 'browser' || channel === 'mobile') return true
  return library === EITHER_LIBRARY ? isObject(context['device']) : VISITOR_LIBRARIES.has(library)
}
