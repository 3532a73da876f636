import type { Command } from 'commander'
import { readConfig } from '../config.ts'
import { terminal } from './outlet.ts'
import { untilStopped } from './until_stopped.ts'

export function addSimulator(program: Command): void {
  program
    .command('simulator')
    .description('Run the local TikTok: events, entities, reports and sign-in on this machine, with faults on demand')
    .option('--quiet', 'do not print a line for every call')
    .action(async ({ quiet = false }: { quiet?: boolean }) => {
      const { startSimulator } = await import('../simulator/server.ts')
      const port = readConfig(process.env).BACKBEAT_SIMULATOR_PORT
      const simulator = await startSimulator({ port, ...(!quiet && { log: terminal.talk }) })
      terminal.talk(`The local TikTok answers at ${simulator.url}/open_api/v1.3/ and shows itself at ${simulator.url}`)
      await untilStopped()
      await simulator.close()
    })
}
