import type { Command } from 'commander'
import type { Shell } from './shell.ts'

/** Adds `backbeat books`; what it does is loaded when it runs. */
export function addBooks(program: Command, shell: Shell): void {
  program
    .command('books')
    .summary('Show what became of every event')
    .description('Show what became of every event that was taken in, by source and by sync')
    .option('--json', 'print one JSON object')
    .addHelpText('after', HELP)
    .action(async ({ json = false }: { json?: boolean }) => {
      const { books } = await import('./books.ts')
      await books(shell, json)
    })
}

const HELP = `
In every line, accepted = duplicate + filtered + suppressed + delivered + dead + pending, at any instant.
What was refused at the door was never accepted; it is counted beside the books, as rejected.

Examples:
  backbeat books
  backbeat books --json | jq .total.pending`
