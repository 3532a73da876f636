import type { Command } from 'commander'
import type { Shell } from './shell.ts'

/** Adds `backbeat schema export`; what it does is loaded when it runs. */
export function addSchema(program: Command, shell: Shell): void {
  program
    .command('schema')
    .summary('Print the tables that TikTok fills')
    .description('Work with the tables that syncs from TikTok fill')
    .addHelpText('after', `\nExamples:${EXAMPLES}`)
    .command('export')
    .summary('Print them as SQL, DBML, Mermaid or JSON')
    .description('Print the tables with columns, keys and relations, for people and for other tools')
    .requiredOption('--format <format>', 'sql, dbml, mermaid, or json for the data contract')
    .option('--sync <name>', 'the tables of this sync, in the language of its warehouse')
    .option('--json', 'print one JSON object, with the text in it')
    .addHelpText('after', `\nExamples:${EXAMPLES}`)
    .action(async (options: Options) => {
      const { printSchema } = await import('./schema_export.ts')
      await printSchema(shell, { format: options.format, sync: options.sync ?? null, json: options.json ?? false })
    })
}

interface Options {
  readonly format: string
  readonly sync?: string
  readonly json?: boolean
}

const EXAMPLES = `
  backbeat schema export --format dbml > tiktok.dbml
  backbeat schema export --format sql --sync tiktok-to-warehouse
  backbeat schema export --format json | jq '.tables[].name'`
