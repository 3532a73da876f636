import type { Command } from 'commander'
import type { Shell } from './shell.ts'

/** Adds `backbeat validate`; what it does is loaded when it runs. */
export function addValidate(program: Command, shell: Shell): void {
  program
    .command('validate')
    .summary('Check configuration files')
    .description('Check configuration files, offline: shape, names, references to one another, triggers and mappings')
    .argument('[path...]', 'files and folders of YAML; ./backbeat or ./backbeat.yaml when left out')
    .option('--json', 'print one JSON object')
    .addHelpText('after', HELP)
    .action(async (paths: string[], { json = false }: { json?: boolean }) => {
      const { validate } = await import('./validate.ts')
      validate(shell, paths, json)
    })
}

const HELP = `
Needs no data directory, no network and no secret: references such as \${env:TIKTOK_ACCESS_TOKEN} are
read but not resolved. Every problem is shown with file:line:column. Exit code 2 when there is any.

Examples:
  backbeat validate                      the usual place
  backbeat validate shop.yaml syncs/     a file and a folder, together
  backbeat validate --json | jq .problems`
