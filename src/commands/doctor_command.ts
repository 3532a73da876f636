import type { Command } from 'commander'
import type { Shell } from './shell.ts'

/** Adds `backbeat doctor`; what it does is loaded when it runs. */
export function addDoctor(program: Command, shell: Shell): void {
  program
    .command('doctor')
    .summary('Check that everything is in order')
    .description(
      'Check settings, storage, clock, the books, the audit log, the token of every account, and every warehouse',
    )
    .option('--offline', 'do not call TikTok or any warehouse')
    .option('--json', 'print one JSON object')
    .addHelpText('after', HELP)
    .action(async ({ offline = false, json = false }: { offline?: boolean; json?: boolean }) => {
      const { doctor } = await import('./doctor/doctor.ts')
      await doctor(shell, { offline, json })
    })
}

const HELP = `
Changes nothing, beside a running server or without one; in a warehouse it makes a small table of its
own and drops it. Every check that fails says what to do about it. Exit code 1 when one fails.

Examples:
  backbeat doctor
  backbeat doctor --offline --json | jq '.checks[] | select(.verdict == "failed")'`
