import type { Command } from 'commander'
import type { Shell } from './shell.ts'

/** Adds `backbeat run`; what it does is loaded when it runs. */
export function addRun(program: Command, shell: Shell): void {
  program
    .command('run')
    .summary('Read from TikTok into a warehouse now')
    .description('Run a sync from TikTok: by the server or worker that is there, or in this process when there is none')
    .argument('<sync>', 'name of the sync')
    .option('--dry-run', 'only say what it would take: slices, calls, minutes')
    .option('--full', 'clear its tables first, and read everything again')
    .option('--stream <name...>', 'these streams only')
    .option('--accept-empty', 'apply empty answers for days that hold spend')
    .option('--wait', 'wait for its end, and say how far it is')
    .option('--json', 'print one JSON object')
    .addHelpText('after', HELP)
    .action(async (sync: string, options: Options) => {
      const { run } = await import('./run.ts')
      const { stream = [], acceptEmpty = false, dryRun = false, full = false, json = false } = options
      const kind = full ? 'resync' : 'manual'
      const flags = { sync, kind, streams: stream, days: null, acceptsEmpty: acceptEmpty, dryRun } as const
      await run(shell, { ...flags, wait: options.wait ?? false, json })
    })
}

interface Options {
  readonly dryRun?: boolean
  readonly full?: boolean
  readonly stream?: readonly string[]
  readonly acceptEmpty?: boolean
  readonly wait?: boolean
  readonly json?: boolean
}

const HELP = `
The first run reads the history of the sync, later ones what is new and the days that TikTok may have restated.
Exit codes: 0 all was read; 1 some slices were not, or it was cancelled; 4 the account must be connected again;
5 TikTok or the warehouse cannot be reached; 130 stopped, and the next run goes on.

Examples:
  backbeat run tiktok-to-warehouse --dry-run
  backbeat run tiktok-to-warehouse --wait
  backbeat run tiktok-to-warehouse --full --stream ad_report_daily`
