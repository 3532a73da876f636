import type { Command } from 'commander'
import type { Shell } from './shell.ts'

/** Adds `backbeat runs`; what it does is loaded when it runs. */
export function addRuns(program: Command, shell: Shell): void {
  program
    .command('runs')
    .summary('List the runs of syncs from TikTok')
    .description('List the runs of syncs from TikTok, newest first: what they read, and why they lack something')
    .argument('[sync]', 'of this sync only')
    .option('--slices <run>', 'the slices of one run, by its id or the beginning of it')
    .option('-n, --limit <runs>', 'so many at most', '20')
    .option('--json', 'print one JSON object')
    .addHelpText('after', HELP)
    .action(async (sync: string | undefined, options: Options) => {
      const { runs } = await import('./runs.ts')
      const { slices = null, limit, json = false } = options
      await runs(shell, { sync: sync ?? null, slices, limit: Number(limit), json })
    })
}

interface Options {
  readonly slices?: string
  readonly limit: string
  readonly json?: boolean
}

const HELP = `
Examples:
  backbeat runs tiktok-to-warehouse
  backbeat runs --json | jq '.runs[] | select(.state != "succeeded")'
  backbeat runs --slices 019aa5c1b3f7`
