import { warehouseTypes } from './catalog.ts'
import type { JsonObject } from './core/json.ts'
import type { Warehouse } from './core/warehouse.ts'
import type { StoredResource } from './store/resources.ts'
import type { Store } from './store/store.ts'

/**
 * A stored warehouse with its secrets; nothing is connected before it is used. `folder` is our own data folder, where
 * relative paths start. The caller closes it. Throws an Error when a secret cannot be read or the type is none of ours.
 */
export async function openWarehouse(
  { secrets }: Pick<Store, 'secrets'>,
  { name, spec }: Pick<StoredResource, 'name' | 'spec'>,
  folder: string,
): Promise<Warehouse> {
  const type = typeOf(spec)
  const revealed = await Promise.all(
    type.secrets.filter((field) => spec[field] !== undefined).map((field) => reveal(secrets, name, field, spec)),
  )
  return type.open({ ...spec, ...Object.fromEntries(revealed) }, { folder })
}

// A spec that is not saved yet holds its secrets as text; a stored one holds marks in their place.
async function reveal(
  secrets: Store['secrets'],
  name: string,
  field: string,
  spec: JsonObject,
): Promise<readonly [string, string]> {
  const value = spec[field]
  const text = typeof value === 'string' ? value : await secrets.reveal(`warehouse/${name}/${field}`)
  return [field, text]
}

function typeOf(spec: JsonObject) {
  const type = warehouseTypes.find((one) => one.type === spec['type'])
  if (!type) throw new Error(`Cannot open the warehouse: its type "${spec['type']}" is not one of ours`)
  return type
}
