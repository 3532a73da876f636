import type { Call } from '../call.ts'
import { hexText } from '../random.ts'
import type { Reply } from '../reply.ts'
import type { Simulation } from '../simulation.ts'
import { type Choice, consentPage, wrongLinkPage } from './markup.ts'

/** TikTok's page, where a link of an app leads to, and its older address. */
const PATHS = ['/portal/auth/', '/marketing_api/auth/']

/** A browser checks `form-action` against the redirect too, and that goes to the app. */
const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'self' http: https:; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
}

const html = (status: number, body: string): Reply => ({ kind: 'whole', status, headers: HEADERS, body })

interface Link {
  readonly appId: string
  readonly redirectUri: URL
  readonly state: string | null
}

/** The link of an app, or what is wrong with it. */
function readLink(given: URLSearchParams, { world }: Simulation): Link | string {
  const appId = given.get('app_id') ?? ''
  if (!Object.hasOwn(world.developer_apps, appId)) return `There is no app "${appId}": app_id is wrong.`
  const redirectUri = URL.parse(given.get('redirect_uri') ?? '')
  if (redirectUri === null || !/^https?:$/.test(redirectUri.protocol))
    return 'redirect_uri must be an http or https address.'
  return { appId, redirectUri, state: given.get('state') }
}

const choicesOf = ({ world, adWorldOf }: Simulation): readonly Choice[] =>
  adWorldOf(world).advertisers.map(({ advertiser_id, name, currency, display_timezone, isDenied }) => ({
    id: advertiser_id,
    name,
    detail: `${currency} · ${display_timezone}${isDenied ? ' · you have lost your role on it' : ''}`,
  }))

function question({ appId, redirectUri, state }: Link, simulation: Simulation, complaint: string | null): Reply {
  const asked = { app_id: appId, redirect_uri: redirectUri.href, ...(state !== null && { state }) }
  return html(200, consentPage(appId, asked, choicesOf(simulation), complaint))
}

function sentBack({ redirectUri, state }: Link, answer: Readonly<Record<string, string>>): Reply {
  const target = new URL(redirectUri)
  for (const [name, value] of Object.entries(answer)) target.searchParams.set(name, value)
  if (state !== null) target.searchParams.set('state', state)
  return { kind: 'whole', status: 302, headers: { ...HEADERS, location: target.href }, body: '' }
}

const CODE_DIGITS = 40

function decide(link: Link, answer: URLSearchParams, simulation: Simulation, at: number): Reply {
  if (answer.get('decision') !== 'allow') return sentBack(link, { error: 'access_denied' })
  const there = new Set(choicesOf(simulation).map(({ id }) => id))
  const advertisers = answer.getAll('advertiser_id').filter((id) => there.has(id))
  if (advertisers.length === 0) return question(link, simulation, 'Choose at least one ad account')
  const code = hexText(CODE_DIGITS, simulation.random)
  simulation.consents.give(code, { appId: link.appId, advertisers, givenAt: at })
  return sentBack(link, { auth_code: code, code })
}

/**
 * The consent page, or null when the path is not its. `GET` asks: `app_id`, `redirect_uri`, `state`. `POST` of its form
 * answers: the same three, `advertiser_id` for each account ticked, `decision` allow or deny; it sends the browser to
 * `redirect_uri` with `auth_code`, `code` and `state`.
 */
export function consentReply(call: Call, simulation: Simulation): Reply | null {
  if (!PATHS.includes(call.path) || (call.method !== 'GET' && call.method !== 'POST')) return null
  const given = call.method === 'GET' ? call.query : new URLSearchParams(call.body.toString('utf8'))
  const link = readLink(given, simulation)
  if (typeof link === 'string') return html(400, wrongLinkPage(link))
  return call.method === 'GET' ? question(link, simulation, null) : decide(link, given, simulation, call.at)
}
