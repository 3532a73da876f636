import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Answer, SenderRequest } from './event_source.ts'
import { jsonAnswer } from './json_answers.ts'

const CACHE_SECONDS = 3600 // a page picks up a new version of the library within the hour
const BUNDLE_CACHE_SECONDS = 31_536_000 // the name of a bundle holds a hash of what is in it
const SCRIPT_HEADERS = {
  'content-type': 'text/javascript; charset=utf-8',
  // Scripts are fetched from other sites' pages, some of which demand to be told that they may.
  'cross-origin-resource-policy': 'cross-origin',
  'x-content-type-options': 'nosniff',
  vary: 'Accept-Encoding',
}

/** A file of the browser library, as it is and compressed. */
interface ScriptFile {
  readonly plain: Buffer
  readonly gzipped: Buffer
}

/** analytics.js as the npm package @segment/analytics-next has it, made for the page snippet. */
export function browserScript(request: SenderRequest): Answer {
  return scriptAnswer(fileNamed('standalone.js'), request, CACHE_SECONDS)
}

/** A part that analytics.js loads only when a page needs it, such as `queryString.bundle.….js`. */
export function browserBundle(request: SenderRequest): Answer {
  const name = request.params['file'] ?? ''
  if (!bundleNames().has(name)) return jsonAnswer(404, { success: false, code: 'not_found', message: 'No such file' })
  return scriptAnswer(fileNamed(name), request, BUNDLE_CACHE_SECONDS)
}

function scriptAnswer(file: ScriptFile, { headers }: SenderRequest, cacheSeconds: number): Answer {
  const cacheable = { ...SCRIPT_HEADERS, 'cache-control': `public, max-age=${cacheSeconds}` }
  if (!/\bgzip\b/.test(String(headers['accept-encoding']))) return { status: 200, headers: cacheable, body: file.plain }
  return { status: 200, headers: { ...cacheable, 'content-encoding': 'gzip' }, body: file.gzipped }
}

// The files of an installed package do not change: each is read once, when it is first asked for.
const files = new Map<string, ScriptFile>()
let names: ReadonlySet<string> | null = null

function fileNamed(name: string): ScriptFile {
  const known = files.get(name)
  if (known !== undefined) return known
  const path = join(folder(), name)
  const file = { plain: readFileSync(path), gzipped: readFileSync(`${path}.gz`) }
  files.set(name, file)
  return file
}

function bundleNames(): ReadonlySet<string> {
  names ??= new Set(readdirSync(folder()).filter((name) => /\.bundle\.\w+\.js$/.test(name)))
  return names
}

const folder = (): string =>
  dirname(createRequire(import.meta.url).resolve('@segment/analytics-next/dist/umd/standalone.js'))
