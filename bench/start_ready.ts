import { join } from 'node:path'
import { freePort } from '../test/free_port.ts'
import { type Bench, median } from './figure.ts'
import { inFolder, MAIN, start } from './processes.ts'

const ROUNDS = 5

/** From the start of the process to the first answer; the data directory exists already. */
export const startReady: Bench = {
  name: 'start_ready',
  about: 'Server start to ready',
  run: () =>
    inFolder(async (folder) => {
      const port = await freePort()
      const env = { BACKBEAT_DATA: join(folder, 'data'), BACKBEAT_PORT: String(port), BACKBEAT_LOG: 'error' }
      const times: number[] = []
      for (let round = 0; round <= ROUNDS; round++) {
        const running = await start([MAIN, 'serve'], port, '/healthz', env)
        await running.stop()
        if (round > 0) times.push(running.readyMs)
      }
      return [
        {
          name: 'start_ready',
          value: median(times) / 1000,
          unit: 's',
          floor: 1,
          aim: 0.3,
          limit: null,
          ratio: null,
          isCost: true,
        },
      ]
    }),
}
