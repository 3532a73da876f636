import { type Command, InvalidArgumentError } from 'commander'
import type { Shell } from './shell.ts'

/** Adds `backbeat tail`; what it does is loaded when it runs. */
export function addTail(program: Command, shell: Shell): void {
  program
    .command('tail')
    .summary('Follow events as they come in and are decided')
    .description('Follow events as they come in and as it is decided what becomes of each; Ctrl-C ends it')
    .option('--failed', 'only what died, is tried again, or was refused at the door')
    .option('--lines <count>', 'begin with so many of the newest events', wholeNumber, 10)
    .option('--json', 'print one JSON object a line')
    .addHelpText('after', HELP)
    .action(async (options: { failed?: boolean; lines: number; json?: boolean }) => {
      const { tail } = await import('./tail.ts')
      const { failed = false, lines, json = false } = options
      await tail(shell, { failed, lines, json })
    })
}

function wholeNumber(text: string): number {
  if (/^\d{1,4}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It must be a whole number up to 9999.')
}

const HELP = `
An event shows when it comes in, and again when its standing changes: pending, delivered, filtered,
suppressed or dead. Personal data is not shown.

Examples:
  backbeat tail
  backbeat tail --failed
  backbeat tail --json | jq 'select(.standing == "dead")'`
