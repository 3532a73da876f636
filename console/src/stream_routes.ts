import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { readAccountSearch } from './accounts/sign_in_result.ts'
import { readChangeFilters, readRestatementFilters } from './changes/filters.ts'
import { readConnectSearch } from './connect/steps.ts'
import { readStreamFilters } from './connections/filters.ts'
import { readDataSearch } from './data/search.ts'
import { readRunFilters, readSliceFilters } from './runs/filters.ts'
import { readSchemaSearch } from './schema/search.ts'
import { inShell } from './shell/shell_route.ts'

const accounts = createRoute({
  getParentRoute: inShell,
  path: '/accounts',
  validateSearch: readAccountSearch,
  component: lazyRouteComponent(() => import('./accounts/accounts.tsx'), 'AccountsScreen'),
})
const account = createRoute({
  getParentRoute: inShell,
  path: '/accounts/$name',
  validateSearch: readAccountSearch,
  component: lazyRouteComponent(() => import('./accounts/account.tsx'), 'AccountScreen'),
})
const connect = createRoute({
  getParentRoute: inShell,
  path: '/connect',
  validateSearch: readConnectSearch,
  component: lazyRouteComponent(() => import('./connect/connect.tsx'), 'ConnectScreen'),
})
const connections = createRoute({
  getParentRoute: inShell,
  path: '/connections',
  component: lazyRouteComponent(() => import('./connections/connections.tsx'), 'ConnectionsScreen'),
})
const connection = createRoute({
  getParentRoute: inShell,
  path: '/connections/$name',
  validateSearch: readStreamFilters,
  component: lazyRouteComponent(() => import('./connections/connection.tsx'), 'ConnectionScreen'),
})
const runs = createRoute({
  getParentRoute: inShell,
  path: '/runs',
  validateSearch: readRunFilters,
  component: lazyRouteComponent(() => import('./runs/runs.tsx'), 'RunsScreen'),
})
const run = createRoute({
  getParentRoute: inShell,
  path: '/runs/$id',
  validateSearch: readSliceFilters,
  component: lazyRouteComponent(() => import('./runs/run.tsx'), 'RunScreen'),
})
const reports = createRoute({
  getParentRoute: inShell,
  path: '/reports',
  component: lazyRouteComponent(() => import('./reports/reports.tsx'), 'ReportsScreen'),
})
const newReport = createRoute({
  getParentRoute: inShell,
  path: '/new-report',
  component: lazyRouteComponent(() => import('./reports/report.tsx'), 'NewReportScreen'),
})
const report = createRoute({
  getParentRoute: inShell,
  path: '/reports/$name',
  component: lazyRouteComponent(() => import('./reports/report.tsx'), 'ReportScreen'),
})
const schema = createRoute({
  getParentRoute: inShell,
  path: '/schema',
  validateSearch: readSchemaSearch,
  component: lazyRouteComponent(() => import('./schema/schema.tsx'), 'SchemaScreen'),
})
const schemaChanges = createRoute({
  getParentRoute: inShell,
  path: '/schema-changes',
  validateSearch: readChangeFilters,
  component: lazyRouteComponent(() => import('./changes/schema_changes.tsx'), 'SchemaChangesScreen'),
})
const restatements = createRoute({
  getParentRoute: inShell,
  path: '/restatements',
  validateSearch: readRestatementFilters,
  component: lazyRouteComponent(() => import('./changes/restatements.tsx'), 'RestatementsScreen'),
})
const data = createRoute({
  getParentRoute: inShell,
  path: '/data',
  validateSearch: readDataSearch,
  component: lazyRouteComponent(() => import('./data/data.tsx'), 'DataScreen'),
})
const warehouses = createRoute({
  getParentRoute: inShell,
  path: '/warehouses',
  component: lazyRouteComponent(() => import('./warehouses/warehouses.tsx'), 'WarehousesScreen'),
})
const warehouse = createRoute({
  getParentRoute: inShell,
  path: '/warehouses/$name',
  component: lazyRouteComponent(() => import('./warehouses/warehouse.tsx'), 'WarehouseScreen'),
})

/** The screens of the road from TikTok into warehouses, and of the logins both roads use. */
export const streamScreens = [
  accounts,
  account,
  connect,
  connections,
  connection,
  runs,
  run,
  newReport,
  report,
  reports,
  schema,
  schemaChanges,
  restatements,
  data,
  warehouses,
  warehouse,
] as const
