import { Command, CommanderError } from 'commander'
import { addApply } from './apply_command.ts'
import { addBackfill } from './backfill_command.ts'
import { addBooks } from './books_command.ts'
import { addConnect } from './connect_command.ts'
import { addDemo } from './demo_command.ts'
import { addDisconnect } from './disconnect_command.ts'
import { addDoctor } from './doctor_command.ts'
import { addExplain } from './explain_command.ts'
import { CommandError, EXIT } from './outlet.ts'
import { addPlan } from './plan_command.ts'
import { addPull } from './pull_command.ts'
import { addQuery } from './query_command.ts'
import { addReplay } from './replay_command.ts'
import { addRetry } from './retry_command.ts'
import { addRun } from './run_command.ts'
import { addRuns } from './runs_command.ts'
import { addSchema } from './schema_command.ts'
import { addSend } from './send_command.ts'
import { addServe } from './serve_command.ts'
import type { Shell } from './shell.ts'
import { addSimulator } from './simulator.ts'
import { addTail } from './tail_command.ts'
import { addValidate } from './validate_command.ts'
import { VERSION } from './version.ts'
import { addWorker } from './worker.ts'

/** In the order in which the help lists them. */
const COMMANDS: readonly ((program: Command, shell: Shell) => void)[] = [
  addDemo,
  addServe,
  addWorker,
  addSimulator,
  addDoctor,
  addValidate,
  addPlan,
  addApply,
  addPull,
  addExplain,
  addSend,
  addTail,
  addBooks,
  addRetry,
  addReplay,
  addConnect,
  addDisconnect,
  addRun,
  addRuns,
  addBackfill,
  addQuery,
  addSchema,
]

/** All commands, speaking through a shell. */
export function createProgram(shell: Shell): Command {
  const { data, talk } = shell.outlet
  const program = new Command('backbeat')
    .description("Links a company's data with TikTok, in both directions, on the company's own machines")
    .version(VERSION)
    .configureHelp({ sortSubcommands: false })
    .configureOutput({ writeOut: (text) => data(text.trimEnd()), writeErr: (text) => talk(text.trimEnd()) })
    .exitOverride()
  for (const add of COMMANDS) add(program, shell)
  return program
}

/** Runs one command line, `words` without the program's own name; gives what the shell is told. Never rejects. */
export async function runCommandLine(words: readonly string[], shell: Shell): Promise<number> {
  try {
    await createProgram(shell).parseAsync(words, { from: 'user' })
    return EXIT.ok
  } catch (error) {
    // Commander has already said what was wrong, or what was asked for (help, version).
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage
    shell.outlet.talk(error instanceof Error ? error.message : String(error))
    return error instanceof CommandError ? error.exitCode : EXIT.usage
  }
}
