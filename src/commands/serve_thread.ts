import { parentPort, workerData } from 'node:worker_threads'
import type { Config } from '../config.ts'
import { CommandError, EXIT } from './outlet.ts'
import { type ServeOptions, serve } from './serve.ts'
import type { ServeReport } from './serve_command.ts'

// The server's heap can only be bounded from outside it, so it runs in a thread and the command watches.
const { config, options } = workerData as { readonly config: Config; readonly options: ServeOptions }
const report = (line: ServeReport) => parentPort!.postMessage(line)

try {
  const serving = await serve(config, options)
  parentPort!.once('message', async () => {
    await serving.close()
    parentPort!.close()
  })
  report({ kind: 'serving', url: serving.url })
} catch (error) {
  const exitCode = error instanceof CommandError ? error.exitCode : EXIT.usage
  report({ kind: 'failed', message: (error as Error).message, exitCode })
  parentPort!.close()
}
