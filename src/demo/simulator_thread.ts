import { parentPort, workerData } from 'node:worker_threads'
import { startSimulator } from '../simulator/server.ts'

// The local TikTok has a thread of its own: it stands for somebody else's machine and must not slow the server down.
const simulator = await startSimulator({ port: (workerData as { port: number }).port })
parentPort!.once('message', async () => {
  await simulator.close()
  parentPort!.close()
})
parentPort!.postMessage(simulator.url)
