import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import type { BrowserContextOptions, Page } from 'playwright-core'
import type { Backbeat } from './backbeat.ts'
import { openPage, picture } from './chromium.ts'

/** A window as small as a phone's, under a finger. */
export const PHONE_SCREEN = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }

const BUILT = join(import.meta.dirname, '../../console/dist/index.html')

/** @throws Error when the console is not built */
export function requireConsole(): void {
  if (existsSync(BUILT)) return
  throw new Error('Cannot test the console: console/dist is not there; run "node scripts/setup.mjs", which builds it')
}

/** Opens the console at a path. @throws Error when the console is not built */
export async function openConsole(
  t: TestContext,
  { url }: Backbeat,
  path: string,
  options: BrowserContextOptions = {},
): Promise<Page> {
  requireConsole()
  const page = await openPage(t, { baseURL: url, ...options })
  await page.goto(path)
  return page
}

/** Goes to a place by the sidebar, which on a phone is behind a button. */
export async function goTo(page: Page, place: string): Promise<void> {
  const menu = page.getByRole('button', { name: 'Menu' })
  if (await menu.isVisible()) await menu.click()
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: place, exact: true }).click()
  await page.getByRole('heading', { level: 1, name: place }).waitFor()
}

/** Chooses in a drop-down list. */
export async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: label }).click()
  await page.getByRole('option', { name: option }).click()
}

/** Takes a picture; nothing of a screen may reach beyond its side. */
export async function assertFits(page: Page, name: string): Promise<void> {
  await picture(page, name)
  const [needed, width] = await page.evaluate<[number, number]>(
    '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
  )
  assert.ok(needed <= width, `${name} is ${needed} px wide, the window ${width} px`)
}
