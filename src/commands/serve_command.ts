import type { Command } from 'commander'
import { readConfig } from '../config.ts'
import { terminal } from './outlet.ts'
import { untilStopped } from './until_stopped.ts'

export function addServe(program: Command): void {
  program
    .command('serve')
    .description('Run the server: console, API, senders, and the worker in a thread of its own')
    .option('--without-worker', 'leave the syncs to "backbeat worker" processes')
    .action(async ({ withoutWorker = false }: { withoutWorker?: boolean }) => {
      const { serve } = await import('./serve.ts')
      const config = readConfig(process.env)
      const serving = await serve(config, { withoutWorker })
      terminal.talk(`Backbeat serves ${serving.url}`)
      await untilStopped()
      await serving.close()
    })
}
