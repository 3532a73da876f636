import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Command } from 'commander'
import { readConfig } from '../config.ts'
import { CommandError, type ExitCode, terminal } from './outlet.ts'
import { untilStopped } from './until_stopped.ts'

/** What the server's thread says to the command. */
export type ServeReport =
  | { readonly kind: 'serving'; readonly url: string }
  | { readonly kind: 'failed'; readonly message: string; readonly exitCode: ExitCode }

// Requests under way are bounded to well below this; without a bound a heap takes whatever the machine has.
const SERVER_MEMORY = { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 24 }

export function addServe(program: Command): void {
  program
    .command('serve')
    .description('Run the server: console, API, senders, and the worker in a thread of its own')
    .option('--without-worker', 'leave the syncs to "backbeat worker" processes')
    .action(async ({ withoutWorker = false }: { withoutWorker?: boolean }) => {
      const workerData = { config: readConfig(process.env), options: { withoutWorker } }
      const thread = new Worker(new URL('./serve_thread.ts', import.meta.url), {
        workerData,
        resourceLimits: SERVER_MEMORY,
      })
      const ended = once(thread, 'exit')
      const [report] = (await once(thread, 'message')) as [ServeReport]
      if (report.kind === 'failed') throw new CommandError(report.exitCode, report.message)

      // A server that ends by itself has said why; whoever watches this process starts it again.
      const die = () => process.exit(1)
      thread.once('exit', die)
      terminal.talk(`Backbeat serves ${report.url}`)
      await untilStopped()
      thread.off('exit', die)
      thread.postMessage('stop')
      await ended
    })
}
