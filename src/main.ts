#!/usr/bin/env node
import { enableCompileCache } from 'node:module'
import { runCommandLine } from './commands/program.ts'
import { processShell } from './commands/shell.ts'

// What a command needs is loaded when it runs, and from the second time on it is compiled already.
enableCompileCache()

process.exitCode = await runCommandLine(process.argv.slice(2), processShell())
