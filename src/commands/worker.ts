import type { Command } from 'commander'
import { readConfig } from '../config.ts'
import { terminal } from './outlet.ts'
import { untilStopped } from './until_stopped.ts'

export function addWorker(program: Command): void {
  program
    .command('worker')
    .description('Run the syncs only, beside a server started with --without-worker')
    .action(async () => {
      const { runWorker } = await import('./work.ts')
      const stopped = new AbortController()
      const running = runWorker(readConfig(process.env), stopped.signal)
      terminal.talk('Backbeat runs the syncs')
      await untilStopped()
      stopped.abort()
      await running
    })
}
