import type { Table } from '../core/table.ts'
import type { CheckStep } from '../core/warehouse.ts'
import { changeStatements } from './ddl.ts'
import { qualified, type Session } from './sql_dialect.ts'
import type { Engine } from './sql_warehouse.ts'

const column = (name: string, type: Table['columns'][number]['type']): Table['columns'][number] => ({
  name,
  type,
  about: name,
  apiField: null,
  totals: null,
  latencyHours: null,
})

const CHECK_TABLE: Table = {
  name: '_backbeat_check',
  about: 'Stands for a moment while a warehouse is checked.',
  group: 'entity',
  mode: 'upsert',
  columns: [column('id', 'id'), column('amount', 'money'), column('label', 'text')],
  key: ['id'],
  advertiserColumn: 'id',
  windowColumn: null,
  references: [],
}

const ROW = ['9007199254740993', '12.345678', 'Größe 🎵'] as const

/** Creates, fills, reads and drops a small table, and says how each step went; stops at the first that fails. */
export async function checkSteps(engine: Engine, schema: string): Promise<readonly CheckStep[]> {
  const steps: CheckStep[] = []
  const failed = { step: 'connect', ok: false }
  const pass = async (step: string, message: string, work: () => Promise<void>) => {
    failed.step = step
    await work()
    steps.push({ step, ok: true, message })
  }
  try {
    await engine.use('connect', (session) => pass('connect', 'It answers', () => session.run('select 1')))
    await engine.use('check the schema', (session) => checkTable(engine, session, schema, pass))
  } catch (error) {
    steps.push({ ...failed, message: (error as Error).message })
  }
  return steps
}

async function checkTable(
  { dialect }: Engine,
  session: Session,
  schema: string,
  pass: (step: string, message: string, work: () => Promise<void>) => Promise<void>,
): Promise<void> {
  const table = qualified(dialect, schema, CHECK_TABLE.name)
  const names = CHECK_TABLE.columns.map(({ name }) => dialect.quote(name))
  await pass('create schema', `"${schema}" is there`, () =>
    session.run(`create schema if not exists ${dialect.quote(schema)}`),
  )
  await pass('create table', 'A table can be created', async () => {
    await session.run(`drop table if exists ${table}`)
    for (const statement of changeStatements(dialect, schema, { kind: 'create_table', table: CHECK_TABLE }))
      await session.run(statement)
  })
  const values = [ROW[0], ROW[1], dialect.text(ROW[2])]
  await pass('write', 'A row can be written', () =>
    session.run(`insert into ${table} (${names.join(', ')}) values (${values.join(', ')})`),
  )
  await pass('read', 'It comes back as it was written', async () => {
    const columns = names.map((name) => dialect.asText(name))
    const [row] = await session.rows(`select ${columns.join(', ')} from ${table}`)
    if (row?.join() !== ROW.join()) throw new Error(`Cannot read the row back: it is "${row?.join(', ')}" now`)
  })
  await pass('drop', 'The table is gone again', () => session.run(`drop table ${table}`))
}
