import type { Command } from 'commander'
import type { Shell } from './shell.ts'

/** Adds `backbeat send`; what it does is loaded when it runs. */
export function addSend(program: Command, shell: Shell): void {
  program
    .command('send')
    .summary('Send an event to TikTok now')
    .description("Send events to TikTok now, with the account's token, and print TikTok's verdict on each")
    .argument(
      '<event>',
      'file with one event, an array, JSON lines, or a batch as senders send it; - for standard input',
    )
    .option('--sync <name>', 'through this sync only, even when it is switched off')
    .option('--test-code <code>', 'show the events under Test Events in Events Manager instead of counting them')
    .option('--json', 'print one JSON object')
    .addHelpText('after', HELP)
    .action(async (event: string, options: { sync?: string; testCode?: string; json?: boolean }) => {
      const { send } = await import('./send.ts')
      const { sync = null, testCode = null, json = false } = options
      await send(shell, event, { sync, testCode, json })
    })
}

const HELP = `
The events go past the queue and outside the books; without --test-code TikTok counts them like any other.
Exit code 1 when an event was not taken, 4 when TikTok refuses the account, 5 when it cannot be reached.

Examples:
  backbeat send order.json --test-code TEST12345
  backbeat send order.json --sync shop-to-pixel --json | jq .sent[].verdict`
