import type { z } from 'zod'
import { destinationTypes, streams } from './catalog.ts'
import { openDestination, openOffline } from './connect.ts'
import { isObject, type JsonObject } from './core/json.ts'
import { suggestion } from './core/nearest.ts'
import {
  type EventSyncSpec,
  isEventSync,
  isKind,
  KIND_ORDER,
  type Kind,
  resourceName,
  type StreamSyncSpec,
  schemaFor,
} from './kinds.ts'
import { compileRoute, isProblems } from './mapping/route.ts'
import { scheduleProblems } from './schedule.ts'
import type { ReportSpec } from './streams/report_spec.ts'
import { checkReport } from './tiktok/reporting/check_report.ts'

/** A resource as a person writes it, before anything is checked but its shape. */
export interface Draft {
  readonly kind: string
  readonly name: string
  readonly spec: JsonObject
}

/** A resource that has passed its schema. */
export interface Checked {
  readonly kind: Kind
  readonly name: string
  readonly spec: JsonObject
}

/** One thing wrong with a resource. `path` starts at the resource: `spec.mappings[2].when`. */
export interface ResourceProblem {
  readonly path: string
  readonly message: string
  readonly position?: number
}

/** The resources a draft may refer to: those stored, and those that come with it. */
export type Known = ReadonlyMap<string, JsonObject>

export const identityOf = ({ kind, name }: { readonly kind: string; readonly name: string }): string =>
  `${kind}/${name}`

/**
 * Checks a draft by its kind's schema and by what the schema cannot say: names it refers to exist, triggers and mappings
 * compile, keys are unique. Gives the spec with defaults filled in, or everything that is wrong with it.
 */
export function checkResource(draft: Draft, known: Known): Checked | readonly ResourceProblem[] {
  const { kind, name } = draft
  if (!isKind(kind)) {
    return [
      {
        path: 'kind',
        message: `"${kind}" is no kind${suggestion(kind, KIND_ORDER)}; known are ${KIND_ORDER.join(', ')}`,
      },
    ]
  }
  const named = resourceName.safeParse(name)
  if (!named.success) return [{ path: 'name', message: named.error.issues[0]!.message }]
  const parsed = schemaFor(kind, draft.spec).safeParse(draft.spec)
  if (!parsed.success) return parsed.error.issues.map(toProblem)
  const spec = parsed.data as JsonObject
  const problems = RULES[kind](spec, known, name)
  return problems.length > 0 ? problems : { kind, name, spec }
}

export function isChecked(result: Checked | readonly ResourceProblem[]): result is Checked {
  return !Array.isArray(result)
}

type Rule = (spec: JsonObject, known: Known, name: string) => readonly ResourceProblem[]

const RULES: Record<Kind, Rule> = {
  account: checkApiUrl,
  event_source: checkWriteKey,
  destination: (spec, known) => [...refersTo('account', spec['account'], 'spec.account', known), ...checkOpens(spec)],
  warehouse: () => [],
  report: checkReportSpec,
  sync: (spec, known, name) =>
    isEventSync(spec)
      ? [
          ...checkSync(spec as unknown as EventSyncSpec, known),
          ...checkStays(spec as unknown as EventSyncSpec, known.get(`sync/${name}`)),
        ]
      : checkStreamSync(spec as unknown as StreamSyncSpec, known),
}

const TIKTOK_HOST = /^([\w-]+\.)?business-api\.tiktok\.com$|^sandbox-ads\.tiktok\.com$/
const LOOPBACK = /^(127(\.\d{1,3}){3}|localhost|\[::1\])$/

// A token is sent wherever this points: only to TikTok, or to this machine.
function checkApiUrl(spec: JsonObject): readonly ResourceProblem[] {
  const url = new URL(spec['api_url'] as string)
  const isTikTok = url.protocol === 'https:' && TIKTOK_HOST.test(url.hostname)
  if (isTikTok || LOOPBACK.test(url.hostname)) return []
  const message = `"${url.host}" is neither TikTok (https://business-api.tiktok.com) nor this machine; the token would be sent there`
  return [{ path: 'spec.api_url', message }]
}

function checkWriteKey(spec: JsonObject, known: Known, name: string): readonly ResourceProblem[] {
  const twin = [...known].find(
    ([identity, other]) =>
      identity.startsWith('event_source/') &&
      identity !== `event_source/${name}` &&
      other['write_key'] === spec['write_key'],
  )
  return twin
    ? [{ path: 'spec.write_key', message: `is already the key of ${twin[0]}; every source needs its own` }]
    : []
}

function checkSync(spec: EventSyncSpec, known: Known): readonly ResourceProblem[] {
  const destination = known.get(`destination/${spec.to.destination}`)
  const type = destinationTypes.find((one) => one.type === destination?.['type'])
  const missing = [
    ...refersTo('event_source', spec.from.event_source, 'spec.from.event_source', known),
    ...refersTo('destination', spec.to.destination, 'spec.to.destination', known),
  ]
  if (!type) return missing
  const broken = spec.mappings.flatMap((mapping, i) => {
    const route = compileRoute(mapping, type.fields)
    if (!isProblems(route)) return []
    return route.map((problem) => ({ ...problem, path: `spec.mappings[${i}].${problem.path}` }))
  })
  return [...missing, ...broken]
}

function checkStreamSync({ from, to, schedule }: StreamSyncSpec, known: Known): readonly ResourceProblem[] {
  const names = [...streams.map(({ table }) => table.name), ...namesOf('report', known).map((name) => `custom_${name}`)]
  const unknown = (from.streams ?? []).flatMap((stream, i) =>
    names.includes(stream)
      ? []
      : [{ path: `spec.from.streams[${i}]`, message: `there is no stream "${stream}"${suggestion(stream, names)}` }],
  )
  return [
    ...refersTo('account', from.account, 'spec.from.account', known),
    ...refersTo('warehouse', to.warehouse, 'spec.to.warehouse', known),
    ...unknown,
    ...scheduleProblems(schedule).map(({ path, message }) => ({ path: `spec.schedule.${path}`, message })),
  ]
}

function checkReportSpec(spec: JsonObject): readonly ResourceProblem[] {
  return checkReport(spec as unknown as ReportSpec).map(({ path, message }) => ({ path: `spec.${path}`, message }))
}

/** What only opening a destination tells, such as a country that does not exist. */
function checkOpens(spec: JsonObject): readonly ResourceProblem[] {
  try {
    openDestination(spec, openOffline({ spec: {} }))
    return []
  } catch (error) {
    return [{ path: 'spec', message: (error as Error).message }]
  }
}

/** The books of a sync are part of those of its source. */
function checkStays({ from }: EventSyncSpec, stored: JsonObject | undefined): readonly ResourceProblem[] {
  const before = isObject(stored?.['from']) ? stored['from']['event_source'] : undefined
  if (before === undefined || before === from.event_source) return []
  const message = `the stored sync reads "${before}" and keeps its books with it; give the one that reads "${from.event_source}" another name`
  return [{ path: 'spec.from.event_source', message }]
}

function refersTo(kind: Kind, name: unknown, path: string, known: Known): readonly ResourceProblem[] {
  if (known.has(`${kind}/${name}`)) return []
  return [{ path, message: `there is no ${kind} "${name}"${suggestion(String(name), namesOf(kind, known))}` }]
}

function namesOf(kind: Kind, known: Known): string[] {
  return [...known.keys()].filter((id) => id.startsWith(`${kind}/`)).map((id) => id.slice(kind.length + 1))
}

function toProblem({ path, message }: z.core.$ZodIssue): ResourceProblem {
  const steps = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
  return { path: `spec${steps.join('')}`, message }
}
