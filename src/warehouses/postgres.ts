import { z } from 'zod'
import type { Warehouse } from '../core/warehouse.ts'
import { secret } from '../secret_field.ts'
import { postgresEngine } from './postgres_engine.ts'
import { sqlWarehouse } from './sql_warehouse.ts'

/** What a person says of a PostgreSQL warehouse. */
export const postgresSpec = z.strictObject({
  type: z.literal('postgres'),
  url: secret.describe('Address with user and password, such as postgres://user:password@host:5432/database.'),
})

/** A warehouse in a PostgreSQL database. Connects when it is first used. */
export const postgresWarehouse = (url: string): Warehouse => sqlWarehouse(postgresEngine(url))

/** As the catalog lists it. */
export const postgresType = {
  type: 'postgres',
  about: 'PostgreSQL, filled by COPY.',
  spec: postgresSpec,
  secrets: ['url'],
  open: (spec: unknown): Warehouse => postgresWarehouse((spec as { readonly url: string }).url),
} as const
