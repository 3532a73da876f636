import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

/** A local TikTok in a thread of its own. */
export interface SimulatorThread {
  /** Without a slash at the end. */
  readonly url: string
  close(): Promise<void>
}

/** Starts a local TikTok; 0 takes any free port. Rejects when the port is taken. */
export async function startSimulatorThread(port: number): Promise<SimulatorThread> {
  const thread = new Worker(new URL('./simulator_thread.ts', import.meta.url), { workerData: { port } })
  const [url] = (await once(thread, 'message')) as [string]
  return {
    url,
    async close() {
      const ended = once(thread, 'exit')
      thread.postMessage('close')
      await ended
    },
  }
}
