import { checkResource, identityOf, isChecked, type Known } from '../configure.ts'
import type { JsonObject } from '../core/json.ts'
import { type Saving, saveResource } from '../save_resource.ts'
import type { StoredResource } from '../store/resources.ts'
import type { Store } from '../store/store.ts'
import type { ExampleResource } from './example.ts'

// As if a person had done it in the console, where it may be changed.
const saving = (now: number): Saving => ({ managedBy: 'console', who: 'demo', now })

/**
 * Sets the example up where nothing is configured yet. Later starts leave all of it as people changed it, but follow the
 * local TikTok to its port.
 */
export async function configureDemo(store: Store, example: readonly ExampleResource[], now: number): Promise<void> {
  const stored = await store.resources.list()
  if (stored.length === 0) return saveAll(store, example, now)
  const api = example.find(({ kind }) => kind === 'account')!
  const account = stored.find((resource) => identityOf(resource) === identityOf(api))
  if (account === undefined || !isOnThisMachine(account)) return
  const { api_url } = api.spec
  if (api_url !== account.spec['api_url'])
    await save(store, { ...account, spec: { ...account.spec, api_url: api_url! } }, new Map(), now)
}

/** False when something of the demo was pointed at TikTok itself, which must never count sample events. */
export async function sendsNothingOut({ resources }: Pick<Store, 'resources'>): Promise<boolean> {
  return (await resources.list('account')).every(isOnThisMachine)
}

const isOnThisMachine = ({ spec }: StoredResource): boolean =>
  /^(127\.|localhost$|\[::1\]$)/.test(new URL(String(spec['api_url'])).hostname)

async function saveAll(store: Store, example: readonly ExampleResource[], now: number): Promise<void> {
  const known = new Map<string, JsonObject>()
  for (const resource of example) {
    await save(store, resource, known, now)
    known.set(identityOf(resource), resource.spec)
  }
}

async function save(store: Store, resource: ExampleResource, known: Known, now: number): Promise<void> {
  const checked = checkResource(resource, known)
  if (isChecked(checked)) await saveResource(store, checked, saving(now))
  else throw new Error(`Cannot set up ${identityOf(resource)}: ${checked[0]!.path} ${checked[0]!.message}`)
}
