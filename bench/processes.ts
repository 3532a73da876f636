import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A program under measurement, in a process of its own. */
export interface Running {
  readonly pid: number
  readonly port: number
  /** Milliseconds from the start of the process to its first answer. */
  readonly readyMs: number
  stop(): Promise<void>
}

const READY_TRIES = 4000
const TRY_EVERY_MS = 5

const children = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL')
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130))

/** Starts a Node program that listens on `port`, and waits until `path` answers 200. */
export async function start(
  program: readonly string[],
  port: number,
  path: string,
  env: Record<string, string>,
): Promise<Running> {
  const startedAt = performance.now()
  const child = spawn(process.execPath, program, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  await untilAnswers(child, `http://127.0.0.1:${port}${path}`)
  const readyMs = performance.now() - startedAt
  return {
    pid: child.pid!,
    port,
    readyMs,
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve())
        child.kill('SIGTERM')
      }),
  }
}

async function untilAnswers(child: ChildProcess, url: string): Promise<void> {
  for (let i = 0; i < READY_TRIES; i++) {
    if (child.exitCode !== null) throw new Error(`Cannot measure: the program ended with ${child.exitCode}`)
    const ok = await fetch(url).then(
      (response) => response.ok,
      () => false,
    )
    if (ok) return
    await new Promise((resolve) => setTimeout(resolve, TRY_EVERY_MS))
  }
  child.kill('SIGKILL')
  throw new Error(`Cannot measure: ${url} never answered`)
}

/** A folder that is gone when the work is done. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'backbeat-bench-'))
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export const MAIN = join(import.meta.dirname, '../src/main.ts')

/** Asks our API, and fails loudly. */
export async function api(port: number, method: string, path: string, body?: object): Promise<unknown> {
  const response = await fetch(`http://127.0.0.1:${port}/api/v1${path}`, {
    method,
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  })
  if (!response.ok)
    throw new Error(`Cannot measure: ${method} ${path} answered ${response.status} ${await response.text()}`)
  return response.json()
}
