import { memoryQueue } from './memory_queue.ts'
import { testQueue } from './queue_suite.ts'

testQueue('a queue in memory', async () => memoryQueue())
