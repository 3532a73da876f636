#!/usr/bin/env node
import { enableCompileCache } from 'node:module'
import { Command, CommanderError } from 'commander'
import { addDemo } from './commands/demo.ts'
import { CommandError, EXIT, terminal } from './commands/outlet.ts'
import { addServe } from './commands/serve_command.ts'
import { addSimulator } from './commands/simulator.ts'
import { VERSION } from './commands/version.ts'
import { addWorker } from './commands/worker.ts'

// What a command needs is loaded when it runs, and from the second time on it is compiled already.
enableCompileCache()

const program = new Command('backbeat')
  .description("Links a company's data with TikTok, in both directions, on the company's own machines")
  .version(VERSION)
  .configureHelp({ sortSubcommands: false })
  .exitOverride()

for (const add of [addDemo, addServe, addWorker, addSimulator]) add(program)

try {
  await program.parseAsync()
} catch (error) {
  process.exitCode = exitCodeOf(error)
}

function exitCodeOf(error: unknown): number {
  // Commander has already said what was wrong, or what was asked for (help, version).
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage
  terminal.talk(error instanceof Error ? error.message : String(error))
  return error instanceof CommandError ? error.exitCode : EXIT.usage
}
