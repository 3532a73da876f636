import type { Command } from 'commander'
import { pino } from 'pino'
import { readConfig } from '../config.ts'
import { terminal } from './outlet.ts'
import { untilStopped } from './until_stopped.ts'

export function addWorker(program: Command): void {
  program
    .command('worker')
    .description('Run the syncs only, beside a server started with --without-worker')
    .action(async () => {
      const { runWorker } = await import('./work.ts')
      const { startStreams } = await import('./start_streams.ts')
      const { openStore } = await import('../store/store.ts')
      const stopped = new AbortController()
      const config = readConfig(process.env)
      const running = runWorker(config, stopped.signal)
      const store = await openStore(config, Date.now)
      const streams = startStreams(
        config,
        store,
        pino({ level: config.BACKBEAT_LOG, name: 'worker' }, pino.destination(2)),
      )
      terminal.talk('Backbeat runs the syncs')
      await untilStopped()
      stopped.abort()
      await Promise.all([running, streams.stop()])
      await store.close()
    })
}
