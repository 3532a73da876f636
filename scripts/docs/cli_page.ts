import type { Command } from 'commander'
import { EXIT } from '../../src/commands/outlet.ts'
import { createProgram } from '../../src/commands/program.ts'
import { processShell, type Shell } from '../../src/commands/shell.ts'
import { block, page, table } from './markdown.ts'

const WIDTH = 110 // characters, what a page shows without scrolling

const MEANINGS: Readonly<Record<keyof typeof EXIT, string>> = {
  ok: 'Everything is as it should be',
  unclean: 'Finished, but an event was refused, or a check failed',
  usage: 'The command line, a setting or a configuration file is wrong; nothing was changed',
  auth: 'TikTok refuses the account',
  remote: 'TikTok cannot be reached, or is in trouble',
  interrupted: 'Stopped by Ctrl-C',
}

/** Every command, as its help shows it. */
export function cliPage(): string {
  const text: string[] = []
  const shell: Shell = { ...processShell(), outlet: { data: (line) => void text.push(line), talk: () => {} } }
  const helpOf = (command: Command): string => {
    command.configureHelp({ ...command.configureHelp(), helpWidth: WIDTH })
    command.outputHelp()
    return text.splice(0).join('\n')
  }
  const program = createProgram(shell)
  return page(
    'Command line',
    'the commands in src/commands',
    INTRODUCTION,
    '## Exit codes',
    table(
      ['Code', 'Meaning'],
      Object.entries(EXIT).map(([name, code]) => [String(code), MEANINGS[name as keyof typeof EXIT]]),
    ),
    '## backbeat',
    block(helpOf(program)),
    ...program.commands.flatMap((command) => [`## backbeat ${command.name()}`, block(helpOf(command))]),
  )
}

const INTRODUCTION = `Run \`npm run backbeat -- COMMAND\`, or link the package (\`npm link\`) and run \`backbeat COMMAND\`.

Data goes to standard output and talk to standard error. With \`--json\` standard output is one JSON object. Nothing is asked
when no terminal is there or \`CI\` is set; what would be asked then needs \`--yes\`. \`NO_COLOR\` turns colours off.`
