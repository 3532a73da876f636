import type { AccountSpec, ConnectionSpec, DestinationSpec, Typed } from '../api/specs.ts'

/** Names of the destinations and connections that do not count for real. */
export interface TestReasons {
  /** They speak to a local TikTok. */
  readonly simulated: readonly string[]
  /** They send a test event code, so their events land in TikTok's test view only. */
  readonly coded: readonly string[]
}

interface Configured {
  readonly accounts: readonly Typed<AccountSpec>[]
  readonly destinations: readonly Typed<DestinationSpec>[]
  readonly connections: readonly Typed<ConnectionSpec>[]
  readonly simulatorUrl: string | null
}

/** What puts the console in test mode; null when nothing does. */
export function testReasons({ accounts, destinations, connections, simulatorUrl }: Configured): TestReasons | null {
  const local = new Set(accounts.filter(({ spec }) => isLocal(spec.api_url, simulatorUrl)).map(({ name }) => name))
  const simulated = [
    ...destinations.filter(({ spec }) => local.has(spec.account)),
    ...connections.filter(({ spec }) => local.has(spec.from.account)),
  ].map(({ name }) => name)
  const coded = destinations.filter(({ spec }) => Boolean(spec.test_event_code)).map(({ name }) => name)
  return simulated.length + coded.length > 0 ? { simulated, coded } : null
}

const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/

function isLocal(apiUrl: string | undefined, simulatorUrl: string | null): boolean {
  if (!apiUrl || !URL.canParse(apiUrl)) return false
  const { origin, hostname } = new URL(apiUrl)
  return LOOPBACK.test(hostname) || (simulatorUrl !== null && origin === new URL(simulatorUrl).origin)
}
