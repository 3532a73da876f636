import type { Command } from 'commander'
import { resourceName } from '../kinds.ts'
import { CommandError, EXIT } from './outlet.ts'
import type { Shell } from './shell.ts'

const PORT = '8710' // fixed, since the address must stand letter by letter at TikTok

/** Adds `backbeat connect`; what it does is loaded when it runs. */
export function addConnect(program: Command, shell: Shell): void {
  program
    .command('connect')
    .summary('Sign in at TikTok for an account')
    .description(
      'Sign in at TikTok for an account, new or not: opens a door on this machine for the browser to come back',
    )
    .argument('<account>', 'name of the account')
    .option('--app-id <id>', 'developer app to sign in with; the account’s own, or that of the settings, when left out')
    .option('--api-url <url>', 'another base address, such as that of the local TikTok')
    .option('--port <port>', 'port that the browser comes back to', PORT)
    .option('--json', 'print one JSON object')
    .addHelpText('after', HELP)
    .action(async (account: string, options: Options) => {
      const { connect } = await import('./connect.ts')
      const { appId = null, apiUrl = null, json = false } = options
      await connect(shell, { account: demandName(account), appId, apiUrl, port: demandPort(options.port), json })
    })
}

interface Options {
  readonly appId?: string
  readonly apiUrl?: string
  readonly port: string
  readonly json?: boolean
}

function demandName(name: string): string {
  if (resourceName.safeParse(name).success) return name
  throw new CommandError(EXIT.usage, `Cannot name an account "${name}": give lower-case letters, digits, "-" or "_"`)
}

function demandPort(text: string): number {
  const port = Number(text)
  if (/^\d+$/.test(text) && port <= 65_535) return port
  throw new CommandError(EXIT.usage, `Cannot listen on port "${text}": give a number up to 65535`)
}

const HELP = `
The secret of the app comes from BACKBEAT_TIKTOK_APP_SECRET or the account, never from the command line, where others could
read it. A sign-in that waits for its account goes on by itself; so do the syncs that waited for it.

Examples:
  backbeat connect main
  backbeat connect demo --api-url http://127.0.0.1:8701/open_api/v1.3`
