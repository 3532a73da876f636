import { z } from 'zod'
import { destinationTypes } from '../../catalog.ts'
import { checkAccount } from '../../check_account.ts'
import { checkResource, identityOf, isChecked } from '../../configure.ts'
import { isObject, type JsonObject } from '../../core/json.ts'
import { isKind, KIND_ORDER, KINDS, type Kind } from '../../kinds.ts'
import { presetFields } from '../../mapping/preset_fields.ts'
import { type PresetSet as PresetSetName, presetSets } from '../../mapping/presets.ts'
import { removeResource, saveResource } from '../../save_resource.ts'
import type { StoredResource } from '../../store/resources.ts'
import type { Store } from '../../store/store.ts'
import { ApiFailure, type ApiRoute, type Context, notFound, read, write } from '../api_route.ts'
import type { PresetSet, Resource } from '../contract.ts'
import { type Conditions, healthOf, readConditions } from '../health.ts'

const byKind = z.object({ kind: z.string() })
const byIdentity = z.object({ kind: z.string(), name: z.string() })
const byName = z.object({ name: z.string() })
const anySpec = z.object({ spec: z.record(z.string(), z.json()) })

export const resourceRoutes: readonly ApiRoute[] = [
  read({
    path: '/resources',
    about: 'Everything that is configured.',
    query: z.object({ kind: z.string().optional() }),
    answer: async (context, { query }) => ({ resources: await listed(context, query.kind) }),
  }),
  read({
    path: '/resources/:kind/:name',
    about: 'One resource; secrets show a hint only.',
    params: byIdentity,
    answer: async (context, { params }) => shown(context, await stored(context.store, params.kind, params.name)),
  }),
  write({
    method: 'PUT',
    path: '/resources/:kind/:name',
    about: 'Makes a resource, or replaces its spec.',
    params: byIdentity,
    body: anySpec,
    audit: 'resource.put',
    async answer(context, { params, body, caller }) {
      const resource = await putResource(context, params.kind, params.name, body.spec as JsonObject, caller.who)
      return {
        answer: await shown(context, resource),
        subject: identityOf(resource),
        detail: `revision ${resource.revision}`,
      }
    },
  }),
  write({
    method: 'DELETE',
    path: '/resources/:kind/:name',
    about: 'Removes a resource that nothing refers to.',
    params: byIdentity,
    audit: 'resource.delete',
    async answer({ store }, { params }) {
      const { kind, name } = params
      const resource = await stored(store, kind, name)
      await refuseWhenUsed(store, resource)
      await removeResource(store, resource.kind as Kind, name)
      return { answer: { removed: true }, subject: identityOf(resource) }
    },
  }),
  read({
    path: '/schemas/:kind',
    about: 'JSON Schema of the spec of a kind.',
    params: byKind,
    async answer(_context, { params }) {
      if (!isKind(params.kind)) throw notFound(`kind "${params.kind}"; known are ${KIND_ORDER.join(', ')}`)
      return z.toJSONSchema(KINDS[params.kind], { io: 'input', unrepresentable: 'any' })
    },
  }),
  read({
    path: '/destinations/:type/fields',
    about: 'The fields a type of destination takes.',
    params: z.object({ type: z.string() }),
    async answer(_context, { params }) {
      const type = destinationTypes.find((one) => one.type === params.type)
      if (!type) throw notFound(`destination type "${params.type}"`)
      return type.fields
    },
  }),
  read({
    path: '/presets',
    about: 'Ready mappings.',
    answer: async () => ({ sets: SETS.map(toPresetSet), base: presetFields('flat') }),
  }),
  write({
    method: 'POST',
    path: '/accounts/:name/check',
    about: 'Tries the connection, step by step.',
    params: byName,
    audit: null,
    async answer({ store, outside, config }, { params }) {
      const account = await stored(store, 'account', params.name)
      return { answer: await checkAccount(store, outside, config, account), subject: null }
    },
  }),
  write({
    method: 'POST',
    path: '/accounts/:name/resume',
    about: 'Ends the pause of an account.',
    params: byName,
    audit: 'account.resume',
    answer: ({ store }, { params }) => resume(store, `account/${params.name}`),
  }),
  write({
    method: 'POST',
    path: '/syncs/:name/resume',
    about: 'Ends the pause of a sync.',
    params: byName,
    audit: 'sync.resume',
    answer: ({ store }, { params }) => resume(store, `sync/${params.name}`),
  }),
]

async function resume(store: Store, subject: string) {
  return { answer: { resumed: await store.pauses.resume(subject) }, subject }
}

async function stored(store: Store, kind: string, name: string): Promise<StoredResource> {
  const resource = await store.resources.get(kind, name)
  if (!resource) throw notFound(`${kind} "${name}"`)
  return resource
}

async function listed({ store, outside }: Context, kind: string | undefined): Promise<readonly Resource[]> {
  const conditions = await readConditions(store, outside.now())
  return conditions.resources
    .filter((resource) => kind === undefined || resource.kind === kind)
    .map((resource) => withState(resource, conditions))
}

async function shown({ store, outside }: Context, resource: StoredResource): Promise<Resource> {
  return withState(resource, await readConditions(store, outside.now()))
}

const withState = (resource: StoredResource, conditions: Conditions): Resource => ({
  ...resource,
  kind: resource.kind as Kind,
  state: healthOf(resource, conditions),
})

async function putResource(
  { store, outside }: Context,
  kind: string,
  name: string,
  spec: JsonObject,
  who: string,
): Promise<StoredResource> {
  const all = await store.resources.list()
  const known = new Map(all.map((resource) => [identityOf(resource), resource.spec]))
  const checked = checkResource({ kind, name, spec }, known)
  if (!isChecked(checked)) {
    const first = checked[0]!
    throw new ApiFailure(422, 'api.invalid', `Cannot save ${kind}/${name}: ${first.path} ${first.message}`, checked)
  }
  return saveResource(store, checked, { managedBy: 'console', who, now: outside.now() })
}

async function refuseWhenUsed(store: Store, { kind, name }: StoredResource): Promise<void> {
  const users = (await store.resources.list()).filter(({ spec }) => refersTo(spec, kind, name)).map(identityOf)
  if (users.length === 0) return
  throw new ApiFailure(
    409,
    'api.in_use',
    `Cannot remove ${kind}/${name}: ${users.join(', ')} refers to it; change that first`,
  )
}

function refersTo(spec: JsonObject, kind: string, name: string): boolean {
  const { from, to } = spec
  if (kind === 'account' && spec['account'] === name) return true
  if (kind === 'report')
    return isObject(from) && Array.isArray(from['streams']) && from['streams'].includes(`custom_${name}`)
  return [from, to].some((end) => isObject(end) && end[kind] === name)
}

const SETS: readonly { readonly name: PresetSetName; readonly title: string }[] = [
  { name: 'segment', title: "Segment's presets of today" },
  { name: 'segment-classic', title: "Segment's presets until 2024" },
]

function toPresetSet({ name, title }: (typeof SETS)[number]): PresetSet {
  return { name, title, presets: presetSets[name] }
}
