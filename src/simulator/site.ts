import { readFileSync } from 'node:fs'
import type { Call } from './call.ts'
import { CONTROLS } from './control/routes.ts'
import { ControlError } from './control_error.ts'
import type { Reply } from './reply.ts'
import type { Simulation } from './simulation.ts'

const FILES = {
  '/': ['page/index.html', 'text/html; charset=utf-8'],
  '/page.js/': ['page/page.js', 'text/javascript; charset=utf-8'],
  '/page.css/': ['page/page.css', 'text/css; charset=utf-8'],
} as const

/** The page loads nothing but itself, and nothing that was received can run in it. */
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
}

const isFile = (path: string): path is keyof typeof FILES => Object.hasOwn(FILES, path)

/** A file of the simulator's page, or null when the path is none of them. */
export function pageReply(call: Call): Reply | null {
  if (call.method !== 'GET' || !isFile(call.path)) return null
  const [file, type] = FILES[call.path]
  const body = readFileSync(new URL(file, import.meta.url), 'utf8')
  return { kind: 'whole', status: 200, headers: { ...HEADERS, 'content-type': type }, body }
}

const json = (status: number, value: object): Reply => ({
  kind: 'whole',
  status,
  headers: { ...HEADERS, 'content-type': 'application/json' },
  body: JSON.stringify(value),
})

/** The answer of the simulator's own paths: JSON or text, HTTP 400 with `error` for what it cannot do. */
export function controlReply(call: Call, simulation: Simulation): Reply {
  const control = CONTROLS.get(`${call.method} ${call.path}`)
  if (control === undefined)
    return json(404, { error: `There is no ${call.method} ${call.path}; see ${[...CONTROLS.keys()].join(', ')}` })
  try {
    const given = control(call, simulation)
    if ('json' in given) return json(200, given.json)
    return {
      kind: 'whole',
      status: 200,
      headers: { ...HEADERS, 'content-type': 'text/plain; charset=utf-8' },
      body: given.text,
    }
  } catch (error) {
    if (error instanceof ControlError) return json(400, { error: error.message })
    throw error
  }
}

/** HTTP 403: some website's script tried to steer the simulator. */
export const foreignOrigin = (): Reply => json(403, { error: 'Requests from other origins are refused' })
