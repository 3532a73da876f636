import type { Column, SchemaChange } from '../../../src/server/contract_streams.ts'

/** A change as one line, and its two sides as text to be compared. */
export interface ChangeText {
  readonly title: string
  readonly before: string
  readonly after: string
  /** What the change means for those who use the table. */
  readonly meaning: string
}

/** A change of a table's shape in words. */
export function changeText(change: SchemaChange): ChangeText {
  const { name, key } = change.table
  switch (change.kind) {
    case 'create_table':
      return {
        title: `New table ${name}`,
        before: 'There is no such table',
        after: `${change.table.columns.length} columns, key ${key.join(', ')}`,
        meaning: 'Nothing that stands is touched. Its history is read with the next run.',
      }
    case 'add_column':
      return {
        title: `New column ${change.column.name}`,
        before: 'There is no such column',
        after: columnText(change.column),
        meaning: 'Nothing that stands is touched. Days that are read again fill it; older ones stay empty.',
      }
    case 'retire_column':
      return {
        title: `Column ${change.column.name} is filled no more`,
        before: `${change.column.name} ${change.column.nativeType}`,
        after: 'It stays, and stays empty from now on',
        meaning: 'Nothing is dropped. Queries that use it go on, and see no new figures.',
      }
    case 'widen_column':
      return {
        title: `Wider type of ${change.column.name}`,
        before: `${change.column.name} ${change.from.nativeType}`,
        after: columnText(change.column),
        meaning: 'Every stored value fits the new type.',
      }
    case 'retype_column':
      return {
        title: `Another type of ${change.column.name}`,
        before: `${change.column.name} ${change.from.nativeType}`,
        after: columnText(change.column),
        meaning: 'What is stored may not fit the new type. Look at the samples and at who uses the column.',
      }
    case 'change_key':
      return {
        title: `Another key of ${name}`,
        before: change.from.join(', '),
        after: key.join(', '),
        meaning: 'Rows are told apart in another way: what stands must be read anew, and joins may count differently.',
      }
  }
}

const columnText = ({ name, type, about }: Column): string => `${name} ${type}: ${about}`
