import { z } from 'zod'
import { checkResource, identityOf, isChecked } from '../../configure.ts'
import { openAccount, openOffline, openSync, partsOf, type SyncParts } from '../../connect.ts'
import type { Receipt } from '../../core/errors.ts'
import type { JsonObject } from '../../core/json.ts'
import { maskEvent } from '../../core/mask_event.ts'
import type { Outcome } from '../../core/outcome.ts'
import { mapEvent } from '../../core/sync.ts'
import { explainEvent } from '../../explain.ts'
import type { EventSyncSpec } from '../../kinds.ts'
import type { StoredResource } from '../../store/resources.ts'
import type { Store } from '../../store/store.ts'
import { ApiFailure, type ApiRoute, notFound, write } from '../api_route.ts'
import type { Explanation, Problem, TestSend } from '../contract.ts'
import { parseEvent } from '../event_rows.ts'
import { maskTrace } from '../trace.ts'

const question = z.object({
  event: z.record(z.string(), z.json()).optional(),
  id: z.number().int().positive().optional(),
  sync: z.string().optional(),
  spec: z.record(z.string(), z.json()).optional(),
})

type Question = z.infer<typeof question>

export const explainRoutes: readonly ApiRoute[] = [
  write({
    method: 'POST',
    path: '/explain',
    about: 'What would be sent for an event, and why. Sends nothing.',
    body: question,
    audit: null,
    async answer({ store, outside }, { body }) {
      return { answer: await explain(store, body, outside.now()), subject: null }
    },
  }),
  write({
    method: 'POST',
    path: '/test-send',
    about: 'Sends one event now, with a test event code, outside the books.',
    body: question.extend({ testEventCode: z.string().regex(/^[A-Za-z0-9]{1,40}$/) }),
    audit: 'event.test_send',
    async answer({ store, outside }, { body }) {
      const { parts, problems } = await partsFor(store, body)
      if (!parts) throw new ApiFailure(422, 'api.invalid', 'Cannot send: the sync is not whole', problems)
      const sync = openSync(withTestCode(parts, body.testEventCode), await openAccount(store, parts.account, outside))
      const { event } = await eventFor(store, body)
      const sent: TestSend['sent'][number][] = []
      for (const mapped of mapEvent(sync, event, outside.now())) {
        if (mapped.kind === 'invalid') continue
        const { outcomes } = await sync.destination.write([mapped.item])
        sent.push(toSent(mapped.mapping, sync.destination.request([mapped.item]), outcomes[0]!))
      }
      return { answer: { sent }, subject: `sync/${parts.sync.name}`, detail: `test event code ${body.testEventCode}` }
    },
  }),
]

async function explain(store: Store, body: Question, now: number): Promise<Explanation> {
  const { event, stored } = await eventFor(store, body)
  const { parts, problems } = await partsFor(store, body)
  const shown = stored ? maskEvent(event) : event
  if (!parts) return { source: null, event: shown, syncs: [], problems }
  const spec = parts.sync.spec as unknown as EventSyncSpec
  const sync = openSync(parts, openOffline(parts.account))
  const trace = {
    sync: parts.sync.name,
    destination: parts.destination.name,
    ...explainEvent(sync, spec.mappings, event, now),
  }
  return { source: spec.from.event_source, event: shown, syncs: [stored ? maskTrace(trace) : trace], problems }
}

async function eventFor({ queue }: Store, { event, id }: Question): Promise<{ event: JsonObject; stored: boolean }> {
  if (event) return { event: event as JsonObject, stored: false }
  if (id === undefined) throw new ApiFailure(422, 'api.invalid', 'Cannot explain: give "event" or "id"')
  const [stored] = await queue.get([id])
  if (!stored) throw notFound(`event ${id}`)
  return { event: parseEvent(stored), stored: true }
}

/** The stored sync, or the unsaved spec checked as if it were saved. */
async function partsFor(
  store: Store,
  body: Question,
): Promise<{ parts: SyncParts | null; problems: readonly Problem[] }> {
  const resources = await store.resources.list()
  const byIdentity = new Map(resources.map((resource) => [identityOf(resource), resource]))
  const sync = byIdentity.get(`sync/${body.sync}`)
  if (!body.spec) {
    if (!sync) throw notFound(`sync "${body.sync}"`)
    return { parts: partsOf(sync, byIdentity), problems: [] }
  }
  const name = body.sync ?? 'unsaved'
  const known = new Map(resources.map((resource) => [identityOf(resource), resource.spec]))
  const checked = checkResource({ kind: 'sync', name, spec: body.spec as JsonObject }, known)
  if (!isChecked(checked)) return { parts: null, problems: checked }
  const unsaved: StoredResource = { ...checked, revision: 0, updatedAt: 0, managedBy: 'console' }
  return { parts: partsOf(unsaved, byIdentity), problems: [] }
}

function withTestCode(parts: SyncParts, code: string): SyncParts {
  const spec = { ...parts.destination.spec, test_event_code: code }
  return { ...parts, destination: { ...parts.destination, spec } }
}

function toSent(
  mapping: string,
  request: TestSend['sent'][number]['request'],
  outcome: Outcome,
): TestSend['sent'][number] {
  const receipt: Receipt | null = outcome.receipt
  return {
    mapping,
    ok: outcome.kind === 'delivered',
    request,
    receipt,
    reason: outcome.kind === 'delivered' ? null : outcome.reason,
  }
}
