import { parentPort, workerData } from 'node:worker_threads'
import type { Config } from '../config.ts'
import { runWorker } from './work.ts'

// Mapping, hashing and delivering have a thread of their own, so that senders never wait for them.
const stopped = new AbortController()
parentPort!.once('message', () => stopped.abort())
await runWorker(workerData as Config, stopped.signal)
parentPort!.close()
