import type { Command } from 'commander'
import type { Shell } from './shell.ts'

/** Adds `backbeat disconnect`; what it does is loaded when it runs. */
export function addDisconnect(program: Command, shell: Shell): void {
  program
    .command('disconnect')
    .summary('Withdraw the token of an account')
    .description('Withdraw the token of an account at TikTok and forget it; what uses the account waits')
    .argument('<account>', 'name of the account')
    .option('--even-if-not-revoked', 'forget it also when TikTok cannot be told')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExamples:\n  backbeat disconnect main')
    .action(async (account: string, options: { evenIfNotRevoked?: boolean; json?: boolean }) => {
      const { disconnect } = await import('./disconnect.ts')
      const { evenIfNotRevoked = false, json = false } = options
      await disconnect(shell, { account, evenIfNotRevoked, json })
    })
}
