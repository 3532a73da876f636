import type { Command } from 'commander'
import type { Shell } from './shell.ts'

/** Adds `backbeat pull`; what it does is loaded when it runs. */
export function addPull(program: Command, shell: Shell): void {
  program
    .command('pull')
    .summary('Write what is stored into files')
    .description('Write what is stored, such as changes made in the console, into configuration files')
    .option('--out <path>', 'folder, or one YAML file; ./backbeat, or ./backbeat.yaml where there is one')
    .option('--json', 'print one JSON object')
    .addHelpText('after', HELP)
    .action(async ({ out, json = false }: { out?: string; json?: boolean }) => {
      const { pull } = await import('./pull.ts')
      await pull(shell, out ?? null, json)
    })
}

const HELP = `
What stands in a file there already is changed in place, with its comments; the rest goes to
<out>/<kind>/<name>.yaml. Nothing is removed from files. Secrets are written as the references they came
from; one that was typed into the console has none, and gets a variable and a comment.

Examples:
  backbeat pull
  backbeat pull --out config/
  backbeat pull --out shop.yaml`
