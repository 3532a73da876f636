import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, type TestContext } from 'node:test'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { atEnd } from './at_end.ts'
import { CHROMIUM, launchChromium } from './launch_chromium.ts'

// Nothing waits this long unless it is broken; the machine may be busy.
const PATIENCE_MS = 15_000
const TEST_MS = 60_000

const WINDOW: BrowserContextOptions = {
  viewport: { width: 1280, height: 800 },
  colorScheme: 'light',
  reducedMotion: 'reduce',
  locale: 'en-GB',
}

/** Where pictures of the screens go; ignored by git. */
const OUTPUT = join(import.meta.dirname, '../output')

/** Options of every browser test: skipped, saying why, where there is no Chromium. In CI there must be one. */
export const inBrowser: { readonly skip: string | false; readonly timeout: number } = {
  skip:
    existsSync(CHROMIUM) || process.env['CI'] === 'true'
      ? false
      : `there is no Chromium at ${CHROMIUM}; set CHROMIUM to the path of one`,
  timeout: TEST_MS,
}

let browser: Promise<Browser> | null = null

after(async () => (await browser)?.close())

/** A page in a window of its own: no cookies, no cache. It is closed at the end of the test. */
export async function openPage(t: TestContext, options: BrowserContextOptions = {}): Promise<Page> {
  // One browser for all tests of a file, started by the first that needs it.
  browser ??= launchChromium()
  const context = await (await browser).newContext({ ...WINDOW, ...options })
  context.setDefaultTimeout(PATIENCE_MS)
  const page = await context.newPage()
  atEnd(t, async () => {
    if (hasFailed(t)) await picture(page, `failed ${t.name}`)
    await context.close()
  })
  return page
}

// Node has it since 21.7; its types do not.
const hasFailed = (t: TestContext): boolean => (t as unknown as { passed?: boolean }).passed === false

/** Saves what the page shows, under `test/output/`. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(OUTPUT, { recursive: true })
  const path = join(OUTPUT, `${name.replace(/[^\w-]+/g, '_').slice(0, 100)}.png`)
  await page.screenshot({ path, animations: 'disabled' })
}

/** Everything a page complains of, as it happens: errors, failed loads, and windows that a script opened. */
export function complaintsOf(page: Page): readonly string[] {
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()}`)
  })
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  return complaints
}

/** Hosts a page asks for anything, as it goes. */
export function hostsOf(page: Page): ReadonlySet<string> {
  const hosts = new Set<string>()
  page.on('request', (request) => {
    const { protocol, host } = new URL(request.url())
    if (protocol.startsWith('http')) hosts.add(host)
  })
  return hosts
}
