import type { Command } from 'commander'
import type { Shell } from './shell.ts'

/** Adds `backbeat retry`; what it does is loaded when it runs. */
export function addRetry(program: Command, shell: Shell): void {
  program
    .command('retry')
    .summary('Send dead letters again')
    .description(
      'Put dead letters in line again, with the same event_id; the worker sends them with the mapping of today',
    )
    .option('--sync <name>', 'of this sync only')
    .option('--code <code>', 'with this reason only, such as mapping.missing_field')
    .option('--preview', 'only count them, by cause')
    .option('--yes', 'do not ask when TikTok may count some twice')
    .option('--json', 'print one JSON object')
    .addHelpText('after', HELP)
    .action(async (options: Options) => {
      const { retry } = await import('./retry.ts')
      const { sync = null, code = null, preview = false, yes = false, json = false } = options
      await retry(shell, { sync, code, preview, yes, json })
    })
}

interface Options {
  readonly sync?: string
  readonly code?: string
  readonly preview?: boolean
  readonly yes?: boolean
  readonly json?: boolean
}

const HELP = `
TikTok knows an event_id again for 48 hours. What it may have taken before that would count twice:
such letters are counted as "unknown", and sent only after a yes or with --yes.

Examples:
  backbeat retry --preview
  backbeat retry --sync shop-to-pixel --code tiktok.unsupported_currency`
