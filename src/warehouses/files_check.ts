import { join } from 'node:path'
import type { CheckStep } from '../core/warehouse.ts'
import { passSteps } from './check_steps.ts'
import { duckdbDialect } from './duckdb_dialect.ts'
import { makeFolders, onDisk, removeFiles, schemaFolder } from './files_folder.ts'
import { copyStatement, type FileColumn, readExpression } from './files_format.ts'
import type { Place } from './files_partitions.ts'
import type { Session } from './sql_dialect.ts'
import type { Engine } from './sql_warehouse.ts'

const COLUMNS: readonly FileColumn[] = [
  { name: 'id', type: 'id' },
  { name: 'amount', type: 'money' },
  { name: 'label', type: 'text' },
]
const ROW = ['9007199254740993', '12.345678', 'Größe 🎵'] as const

/** Writes, reads and removes a small file, and says how each step went; stops at the first that fails. */
export async function checkFolder(engine: Engine, place: Place): Promise<readonly CheckStep[]> {
  const { folder, schema, format } = place
  const path = `_backbeat_check.${format}`
  const use = (work: (session: Session) => Promise<void>) => () =>
    engine.use('check the folder', (session) => onDisk('check the folder', () => work(session)))
  return passSteps([
    ['connect', 'DuckDB answers', use((session) => session.run('select 1'))],
    ['create schema', `${schemaFolder(folder, schema)} is there`, use(() => makeFolders(folder, schema))],
    ['create table', 'There is nothing in the way', use(() => removeFiles(folder, schema, [path]))],
    ['write', 'A file can be written', use((session) => session.run(writing(place, path)))],
    ['read', 'It comes back as it was written', use((session) => readBack(session, place, path))],
    ['drop', 'The file is gone again', use(() => removeFiles(folder, schema, [path]))],
  ])
}

function writing({ folder, schema, format }: Place, path: string): string {
  const values = COLUMNS.map(
    ({ name, type }, i) => `cast(${duckdbDialect.text(ROW[i]!)} as ${duckdbDialect.typeName(type)}) as ${name}`,
  )
  return copyStatement(format, COLUMNS, `select ${values.join(', ')}`, join(schemaFolder(folder, schema), path))
}

async function readBack(session: Session, { folder, schema, format }: Place, path: string): Promise<void> {
  const from = readExpression(format, COLUMNS, [join(schemaFolder(folder, schema), path)])
  const [row] = await session.rows(`select id, amount, label from ${from}`)
  if (row?.join() !== ROW.join()) throw new Error(`Cannot read the row back: it is "${row?.join(', ')}" now`)
}
