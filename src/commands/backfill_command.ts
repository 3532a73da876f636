import type { Command } from 'commander'
import type { Shell } from './shell.ts'

/** Adds `backbeat backfill`; what it does is loaded when it runs. */
export function addBackfill(program: Command, shell: Shell): void {
  program
    .command('backfill')
    .summary('Read given days from TikTok again')
    .description('Read days of the reports of a sync again, newest first, and leave all other days alone')
    .argument('<sync>', 'name of the sync')
    .requiredOption('--from <day>', 'first day, in the time zone of each advertiser')
    .requiredOption('--to <day>', 'last day')
    .option('--stream <name...>', 'these streams only')
    .option('--accept-empty', 'apply empty answers for days that hold spend')
    .option('--dry-run', 'only say what it would take: slices, calls, minutes')
    .option('--wait', 'wait for its end, and say how far it is')
    .option('--json', 'print one JSON object')
    .addHelpText('after', HELP)
    .action(async (sync: string, options: Options) => {
      const { run } = await import('./run.ts')
      const { from, to, stream = [], acceptEmpty = false, dryRun = false, json = false } = options
      const flags = { sync, kind: 'backfill', streams: stream, days: { from, to }, acceptsEmpty: acceptEmpty } as const
      await run(shell, { ...flags, dryRun, wait: options.wait ?? false, json })
    })
}

interface Options {
  readonly from: string
  readonly to: string
  readonly stream?: readonly string[]
  readonly acceptEmpty?: boolean
  readonly dryRun?: boolean
  readonly wait?: boolean
  readonly json?: boolean
}

const HELP = `
Tables that are not cut by days are read only when they are named with --stream.

Examples:
  backbeat backfill tiktok-to-warehouse --from 2026-01-01 --to 2026-03-31 --dry-run
  backbeat backfill tiktok-to-warehouse --from 2026-11-20 --to 2026-11-20 --stream ad_report_daily --wait`
