import type { Table } from '../../../src/server/contract_streams.ts'
import { isDay } from '../parts/days.ts'

interface Narrowed {
  readonly advertiser: string | undefined
  readonly from: string | undefined
  readonly to: string | undefined
}

/** Rows that are shown of a table. */
export const ROWS_SHOWN = 100

/**
 * The query for the newest rows of a table. What comes from the address is put in only when it is an id or a day: the text is
 * shown and run as it is.
 */
export function rowsSql(schema: string, table: Table, { advertiser, from, to }: Narrowed): string {
  const { windowColumn, advertiserColumn } = table
  const conditions = [
    advertiser !== undefined && /^\d+$/.test(advertiser) && `${advertiserColumn} = ${advertiser}`,
    windowColumn && from !== undefined && isDay(from) && `${windowColumn} >= '${from}'`,
    windowColumn && to !== undefined && isDay(to) && `${windowColumn} <= '${to} 23:59:59'`,
  ].filter((condition) => typeof condition === 'string')
  return [
    'select *',
    `from ${schema}.${table.name}`,
    ...(conditions.length > 0 ? [`where ${conditions.join('\n  and ')}`] : []),
    ...(windowColumn ? [`order by ${windowColumn} desc`] : []),
    `limit ${ROWS_SHOWN}`,
  ].join('\n')
}
