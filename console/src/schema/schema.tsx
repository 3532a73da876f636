import { Grid, Group, Paper, Skeleton } from '@mantine/core'
import { IconSchemaOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useMemo, useRef, useState } from 'react'
import type { Erd } from '../../../src/server/contract_streams.ts'
import { erdQuery } from '../api/stream_queries.ts'
import { Answer } from '../parts/answer.tsx'
import { Empty } from '../parts/empty.tsx'
import { Page } from '../parts/page.tsx'
import { TextLink } from '../parts/text_link.tsx'
import { ExportMenu } from './export_menu.tsx'
import { RelationPanel } from './relation_panel.tsx'
import { relationsOf } from './relations.ts'
import styles from './schema.module.css'
import type { SchemaSearch } from './search.ts'
import { TableList } from './table_list.tsx'
import { TablePanel } from './table_panel.tsx'
import { Toolbar } from './toolbar.tsx'

// The drawing library is fetched only by those who look at the diagram.
const Canvas = lazy(async () => ({ default: (await import('./canvas.tsx')).Canvas }))

/** `/schema`: the tables, their columns and relations, as a diagram or in words. */
export function SchemaScreen() {
  const search = useSearch({ from: '/shell/schema' })
  const erd = useQuery(erdQuery(search.sync))
  return (
    <Page
      title="Schema"
      about="The tables, their columns and how they belong together"
      actions={<ExportMenu sync={search.sync} withPicture={search.view !== 'list'} />}
    >
      <Answer query={erd} rows={10}>
        {(found) => <Explorer erd={found} search={search} />}
      </Answer>
    </Page>
  )
}

function Explorer({ erd, search }: { erd: Erd; search: SchemaSearch }) {
  const navigate = useNavigate()
  const [relation, setRelation] = useState<string | null>(null)
  const panel = useRef<HTMLDivElement>(null)
  const set = (next: SchemaSearch) => {
    setRelation(null)
    void navigate({ to: '/schema', search: next, replace: true, resetScroll: false })
  }
  const pick = (table: string | null, column: string | null = null) => {
    const { table: _table, column: _column, ...rest } = search
    set({ ...rest, ...(table ? { table } : {}), ...(column ? { column } : {}) })
  }
  const tables = useShown(erd, search)
  const relations = useMemo(() => relationsOf(tables), [tables])
  const chosen = relations.find(({ id }) => id === relation)
  const table = tables.find((one) => one.table.name === search.table)
  const picked = useMemo(
    () => ({
      table: search.table ?? null,
      column: search.column ?? null,
      relation,
      query: search.q ?? '',
    }),
    [search.table, search.column, search.q, relation],
  )
  const isList = search.view === 'list'
  return (
    <>
      <Toolbar erd={erd} search={search} onChange={set} />
      {tables.length === 0 && (
        <Empty
          icon={IconSchemaOff}
          title="No table is like that"
          action={
            <TextLink to="/schema" search={{ tables: 'all' }}>
              Show all tables
            </TextLink>
          }
        >
          Other words, another group, or the tables that are off may bring some back.
        </Empty>
      )}
      {tables.length > 0 && (
        <Grid gap="md">
          <Grid.Col span={{ base: 12, lg: table || chosen ? 8 : 12 }}>
            {isList ? (
              <TableList tables={tables} relations={relations} query={search.q ?? ''} onPick={pick} />
            ) : (
              <Paper withBorder className={styles['stage']!}>
                <Suspense fallback={<Skeleton height="100%" />}>
                  <Canvas
                    tables={tables}
                    allColumns={search.columns === 'all'}
                    picked={picked}
                    onPick={pick}
                    onRelation={setRelation}
                    onOpen={() => panel.current?.querySelector<HTMLElement>('button, a')?.focus()}
                  />
                </Suspense>
              </Paper>
            )}
          </Grid.Col>
          {(table || chosen) && (
            <Grid.Col span={{ base: 12, lg: 4 }}>
              <Group ref={panel} className={styles['panel']!} align="flex-start">
                {chosen ? (
                  <RelationPanel
                    relation={chosen}
                    schema={erd.schema}
                    tables={tables}
                    onPick={pick}
                    onClose={() => setRelation(null)}
                  />
                ) : (
                  table && (
                    <TablePanel
                      table={table}
                      schema={erd.schema}
                      tables={tables}
                      relations={relations}
                      column={search.column ?? null}
                      query={search.q ?? ''}
                      onPick={pick}
                    />
                  )
                )}
              </Group>
            </Grid.Col>
          )}
        </Grid>
      )}
    </>
  )
}

/** The tables asked for: by group, and those that are off only when wanted. */
function useShown(erd: Erd, { sync, group, tables, table }: SchemaSearch) {
  return useMemo(
    () =>
      erd.tables.filter(
        (one) =>
          (!group || one.table.group === group || one.table.name === table) &&
          (!sync || tables === 'all' || one.isOn || one.table.name === table),
      ),
    [erd, sync, group, tables, table],
  )
}
