import { join } from 'node:path'
import { after } from 'node:test'
import { testQueue } from '../../test/queue_suite.ts'
import { tempFolder } from '../../test/temp_folder.ts'
import { openThreadedQueue } from './threaded_queue.ts'

let files = 0
const folder = tempFolder({ after })

testQueue('a SQLite queue that writes in a thread', async (now) => {
  return openThreadedQueue(join(folder, `${files++}.db`), { now })
})
