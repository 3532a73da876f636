import { z } from 'zod'
import type { Warehouse } from '../core/warehouse.ts'
import { secret } from '../secret_field.ts'
import { mysqlEngine } from './mysql_engine.ts'
import { sqlWarehouse } from './sql_warehouse.ts'

/** What a person says of a MySQL or MariaDB warehouse. */
export const mysqlSpec = z.strictObject({
  type: z.literal('mysql'),
  url: secret.describe('Address with user and password, such as mysql://user:password@host:3306.'),
})

/** A warehouse on a MySQL or MariaDB server, whose databases are the schemas. Connects when it is first used. */
export const mysqlWarehouse = (url: string): Warehouse => sqlWarehouse(mysqlEngine(url))

/** As the catalog lists it. */
export const mysqlType = {
  type: 'mysql',
  about: 'MySQL or MariaDB; every schema is a database.',
  spec: mysqlSpec,
  secrets: ['url'],
  open: (spec: unknown): Warehouse => mysqlWarehouse((spec as { readonly url: string }).url),
} as const
