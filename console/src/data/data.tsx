import { Button, Grid, Stack } from '@mantine/core'
import { IconPlus, IconTableShare } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import type { Resource } from '../../../src/server/contract.ts'
import type { Erd, Table } from '../../../src/server/contract_streams.ts'
import { useAdvertisers } from '../api/advertisers.ts'
import { connectionsQuery } from '../api/queries.ts'
import { type ConnectionSpec, typed } from '../api/specs.ts'
import { erdQuery } from '../api/stream_queries.ts'
import { Answer } from '../parts/answer.tsx'
import { Empty } from '../parts/empty.tsx'
import { Page } from '../parts/page.tsx'
import { TextLink } from '../parts/text_link.tsx'
import { Charts } from './charts.tsx'
import { DataBar } from './data_bar.tsx'
import { RowsPanel } from './rows_panel.tsx'
import type { DataSearch } from './search.ts'
import { TableMenu } from './table_menu.tsx'

/** `/data`: the tables as they stand, charted by day and asked in SQL. */
export function DataScreen() {
  const connections = useQuery(connectionsQuery)
  const search = useSearch({ from: '/shell/data' })
  return (
    <Page title="Data" about="What the tables hold: by day, row by row, or by a query of your own">
      <Answer query={connections}>
        {(found) => {
          const connection = found.find(({ name }) => name === search.sync) ?? found[0]
          return connection ? (
            <OfConnection key={connection.name} connection={connection} search={search} />
          ) : (
            <NoData />
          )
        }}
      </Answer>
    </Page>
  )
}

const NoData = () => (
  <Empty
    icon={IconTableShare}
    title="No table yet"
    action={
      <Button component={Link} to="/connect" leftSection={<IconPlus size={16} />}>
        Connect TikTok to a warehouse
      </Button>
    }
  >
    Tables stand here as soon as a connection has filled them.
  </Empty>
)

function OfConnection({ connection, search }: { connection: Resource; search: DataSearch }) {
  const erd = useQuery(erdQuery(connection.name))
  return <Answer query={erd}>{(found) => <Tables connection={connection} erd={found} search={search} />}</Answer>
}

// What people want to see first, where it is filled.
const FIRST = 'ad_report_daily'

function Tables({ connection, erd, search }: { connection: Resource; erd: Erd; search: DataSearch }) {
  const navigate = useNavigate()
  const filled = erd.tables.filter(({ rows }) => rows !== null)
  const names = filled.map(({ table }) => table.name)
  const chosen = filled.find(({ table }) => table.name === (search.table ?? firstOf(names)))
  const set = (next: DataSearch) => void navigate({ to: '/data', search: next, replace: true, resetScroll: false })
  if (filled.length === 0) return <NotFilled connection={connection.name} />
  return (
    <Grid gap="md">
      <Grid.Col span={{ base: 12, md: 3 }}>
        <TableMenu
          tables={filled}
          value={chosen?.table.name}
          onChange={(table) => {
            // A query and figures of one table mean nothing for another.
            const { sql: _sql, columns: _columns, ...rest } = search
            set({ ...rest, table })
          }}
        />
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 9 }}>
        {chosen && <OfTable connection={connection} table={chosen.table} search={search} onChange={set} />}
      </Grid.Col>
    </Grid>
  )
}

const firstOf = (names: readonly string[]): string | undefined => (names.includes(FIRST) ? FIRST : names[0])

const NotFilled = ({ connection }: { connection: string }) => (
  <Empty
    icon={IconTableShare}
    title="No table is filled yet"
    action={
      <TextLink to="/connections/$name" params={{ name: connection }} search={{}}>
        Go to {connection}
      </TextLink>
    }
  >
    The first run of {connection} fills them.
  </Empty>
)

interface OfTableProps {
  readonly connection: Resource
  readonly table: Table
  readonly search: DataSearch
  readonly onChange: (search: DataSearch) => void
}

function OfTable({ connection, table, search, onChange }: OfTableProps) {
  const advertisers = useAdvertisers(connection.name)
  const { warehouse, schema = 'tiktok_ads' } = typed<ConnectionSpec>(connection).spec.to
  return (
    <Stack gap="md">
      <DataBar
        connection={connection.name}
        table={table}
        advertisers={advertisers}
        search={search}
        onChange={onChange}
      />
      {table.windowColumn && <Charts {...{ warehouse, schema, table, advertisers, search, onChange }} />}
      <RowsPanel key={table.name} {...{ warehouse, schema, table, search, onChange }} />
    </Stack>
  )
}
