import type { Command } from 'commander'
import type { Shell } from './shell.ts'

/** Adds `backbeat query`; what it does is loaded when it runs. */
export function addQuery(program: Command, shell: Shell): void {
  program
    .command('query')
    .summary('Ask a warehouse')
    .description('Run one statement that only reads in a warehouse, and print its rows')
    .argument('<sql>', 'the statement, in the language of the warehouse')
    .option('-w, --warehouse <name>', 'which warehouse; needed when there are several')
    .option('-n, --limit <rows>', 'print at most so many rows', '100')
    .option('--json', 'print one JSON object')
    .addHelpText('after', HELP)
    .action(async (sql: string, options: { warehouse?: string; limit: string; json?: boolean }) => {
      const { query } = await import('./query.ts')
      await query(shell, sql, options)
    })
}

const HELP = `
The embedded warehouse is a file that one program at a time has open; a server that loads into it lets this command in
between two loads.

Examples:
  backbeat query "select count(*) from tiktok_ads.ad_report_daily"
  backbeat query "select stat_time_day, sum(spend) from tiktok_ads.campaign_report_daily group by 1 order by 1" --json`
