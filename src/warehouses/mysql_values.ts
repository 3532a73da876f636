import type { FieldPacket, TypeCastField } from 'mysql2'
import type { Value } from '../core/table.ts'

/** Of the types an answer mostly has, their numbers in the protocol. */
const NAMES: Readonly<Record<number, string>> = {
  1: 'tinyint',
  2: 'smallint',
  3: 'int',
  4: 'float',
  5: 'double',
  8: 'bigint',
  9: 'mediumint',
  10: 'date',
  12: 'datetime',
  245: 'json',
  246: 'decimal(20,6)',
  252: 'text',
  253: 'text',
  254: 'text',
}

/** The type of a column in an answer, as a table of ours would name it. */
export function mysqlTypeName({ columnType, columnLength, decimals }: FieldPacket): string {
  const name = NAMES[columnType ?? -1] ?? `type ${columnType}`
  if (name === 'tinyint' && columnLength === 1) return 'tinyint(1)'
  return name === 'datetime' && decimals === 3 ? 'datetime(3)' : name
}

const NUMBERS: ReadonlySet<string> = new Set(['TINY', 'SHORT', 'LONG', 'INT24', 'FLOAT', 'DOUBLE', 'YEAR'])
const LOCAL_TIME_LENGTH = 19

/** A value as rows and answers hold it; long numbers and decimals stay text. */
export function mysqlValue(field: TypeCastField): Value {
  const { type, length } = field
  const text = field.string('utf8')
  if (text === null) return null
  if (type === 'TINY' && length === 1) return text !== '0'
  if (NUMBERS.has(type)) return Number(text)
  return type === 'DATETIME' && text.length > LOCAL_TIME_LENGTH ? `${text.replace(' ', 'T')}Z` : text
}
