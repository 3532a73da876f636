import type { Command } from 'commander'
import type { Shell } from './shell.ts'

/** Adds `backbeat explain`; what it does is loaded when it runs. */
export function addExplain(program: Command, shell: Shell): void {
  program
    .command('explain')
    .summary('Say what would be sent for an event, and why')
    .description('Say what would be sent to TikTok for an event, and why: rules, mapping, hashing, the exact request')
    .argument(
      '<event>',
      'file with one event, an array, JSON lines, or a batch as senders send it; - for standard input',
    )
    .option('--sync <name>', 'look at this sync only')
    .option(
      '--files <path>',
      'take the configuration of this file or folder instead of what is stored; repeatable',
      more,
      [],
    )
    .option('--json', 'print one JSON object')
    .option('--jsonl', 'print one JSON object a line, one for each event')
    .addHelpText('after', HELP)
    .action(async (event: string, options: Options) => {
      const { explain } = await import('./explain.ts')
      const { sync = null, files, json = false, jsonl = false } = options
      await explain(shell, event, { sync, files, form: jsonl ? 'lines' : json ? 'object' : 'people' })
    })
}

interface Options {
  readonly sync?: string
  readonly files: readonly string[]
  readonly json?: boolean
  readonly jsonl?: boolean
}

const more = (path: string, paths: readonly string[]): readonly string[] => [...paths, path]

const HELP = `
Sends nothing and calls nobody. The event goes the way it would go if it came in now: it is normalised as
at the door, through every sync of its source, to the request TikTok would get (the token left out).
Exit code 1 when an event could not be sent as it is.

--json prints { source, event, deliveries: [{ sync, mapping, destination, verdict, reason, request }] };
verdict is would_send, filtered or invalid. Several events come as { events: [ … ] }.

Examples:
  backbeat explain order.json
  backbeat explain order.json --files backbeat/ --sync shop-to-pixel
  tail -n 100 events.jsonl | backbeat explain - --jsonl | jq .deliveries[].verdict`
