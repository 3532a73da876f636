import type { Command } from 'commander'
import type { Shell } from './shell.ts'

/** Adds `backbeat apply`; what it does is loaded when it runs. */
export function addApply(program: Command, shell: Shell): void {
  program
    .command('apply')
    .summary('Make what is stored as the files say')
    .description('Make what is stored as the configuration files say; a running server follows within a second')
    .argument('[path...]', 'files and folders of YAML; ./backbeat or ./backbeat.yaml when left out')
    .option('--prune', 'also remove what stands in none of these files')
    .option('--yes', 'do not ask before removing')
    .option('--json', 'print one JSON object')
    .addHelpText('after', HELP)
    .action(async (paths: string[], options: { prune?: boolean; yes?: boolean; json?: boolean }) => {
      const { apply } = await import('./apply.ts')
      const { prune = false, yes = false, json = false } = options
      await apply(shell, paths, { prune, yes, json })
    })
}

const HELP = `
Applying a part of the files changes that part and removes nothing. With --prune the files are taken to
be everything: what they do not have is listed and removed, after a yes or with --yes.
Secrets are references, \${env:NAME} or \${file:/run/secrets/x}, resolved here and now.

Examples:
  TIKTOK_ACCESS_TOKEN=… backbeat apply
  backbeat apply syncs/shop.yaml
  backbeat apply --prune --yes           in CI, with all files checked out`
