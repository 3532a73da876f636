import { createRootRoute, createRoute, Outlet } from '@tanstack/react-router'
import { Missing } from './broken.tsx'
import { Layout } from './layout.tsx'

/** What every address begins with. */
export const root = createRootRoute({ component: Outlet, notFoundComponent: Missing })

/** The frame that every screen but the login stands in. */
export const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: Layout })

/** For routes that stand in it. */
export const inShell = () => shell
