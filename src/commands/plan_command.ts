import type { Command } from 'commander'
import type { Shell } from './shell.ts'

/** Adds `backbeat plan`; what it does is loaded when it runs. */
export function addPlan(program: Command, shell: Shell): void {
  program
    .command('plan')
    .summary('Show what applying the files would change')
    .description('Show how the configuration files differ from what is stored; changes nothing')
    .argument('[path...]', 'files and folders of YAML; ./backbeat or ./backbeat.yaml when left out')
    .option('--json', 'print one JSON object')
    .addHelpText('after', HELP)
    .action(async (paths: string[], { json = false }: { json?: boolean }) => {
      const { plan } = await import('./plan.ts')
      await plan(shell, paths, json)
    })
}

const HELP = `
  +  is new     ~  differs, field by field     -  is stored, but in none of these files

What stands under "-" stays until "apply --prune". A resource that was changed in the console last is
marked: "backbeat pull" takes that change into the files, "backbeat apply" overwrites it.
Secrets are compared, never shown.

Examples:
  backbeat plan
  backbeat plan syncs/shop.yaml
  backbeat plan --json | jq '.changes[] | select(.action != "delete")'`
