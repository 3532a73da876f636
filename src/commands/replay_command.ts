import type { Command } from 'commander'
import type { Shell } from './shell.ts'

/** Adds `backbeat replay`; what it does is loaded when it runs. */
export function addReplay(program: Command, shell: Shell): void {
  program
    .command('replay')
    .summary('Send the events of a time span again')
    .description(
      'Put all events received in a span of time in line again, with the same event_id and the mapping of today',
    )
    .requiredOption('--from <time>', 'received at this time or later')
    .option('--to <time>', 'and before this time', '0s')
    .option('--sync <name>', 'for this sync only')
    .option('--preview', 'only count them')
    .option('--yes', 'do not ask when TikTok would count some twice')
    .option('--json', 'print one JSON object')
    .addHelpText('after', HELP)
    .action(async (options: Options) => {
      const { replay } = await import('./replay.ts')
      const { from, to, sync = null, preview = false, yes = false, json = false } = options
      await replay(shell, { from, to, sync, preview, yes, json })
    })
}

interface Options {
  readonly from: string
  readonly to: string
  readonly sync?: string
  readonly preview?: boolean
  readonly yes?: boolean
  readonly json?: boolean
}

const HELP = `
A time is ISO 8601 (UTC unless it says otherwise), or how long ago: 90m, 6h, 2d.
Takes what was delivered, what died, and what was filtered, which a corrected mapping may now take; what
waits for a try is in line already. TikTok knows an event_id again for 48 hours: what it took within them
counts once. What it took earlier would count twice: those are counted as "duplicates", and sent only
after a yes or with --yes.

Examples:
  backbeat replay --from 6h --preview
  backbeat replay --from 2026-11-20T08:00Z --to 2026-11-20T12:00Z --sync shop-to-pixel`
