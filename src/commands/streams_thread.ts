import { parentPort, workerData } from 'node:worker_threads'
import type { Config } from '../config.ts'
import { runStreamWorker } from './work_streams.ts'

// Loading reports has a thread of its own, so that events never wait for it.
const stopped = new AbortController()
parentPort!.once('message', () => stopped.abort())
await runStreamWorker(workerData as Config, stopped.signal)
parentPort!.close()
