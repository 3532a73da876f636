import assert from 'node:assert/strict'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { anEvent, testClock } from '../../test/queue_suite.ts'
import { smallDisk } from '../../test/temp_folder.ts'
import { QueueUnavailableError } from './queue.ts'
import { openSqliteQueue } from './sqlite_queue.ts'

const DISK_BYTES = 4_000_000
const BALLAST_BYTES = 2_000_000

test('a full disk costs refusals, no acknowledged event, and no restart', async (t) => {
  const disk = smallDisk(t, DISK_BYTES)
  if (disk === null) return t.skip('no file system can be mounted here')
  const ballast = join(disk, 'ballast')
  writeFileSync(ballast, Buffer.alloc(BALLAST_BYTES))
  const file = join(disk, 'queue.db')
  const queue = openSqliteQueue(file, testClock())
  const added: string[] = []
  const refused: string[] = []
  const send = async (id: string): Promise<void> => {
    const event = anEvent({ messageId: id, payload: JSON.stringify({ id, filler: 'x'.repeat(5000) }) })
    try {
      assert.deepEqual(await queue.add([event]), ['added'])
      added.push(id)
    } catch (error) {
      assert.ok(error instanceof QueueUnavailableError, String(error))
      refused.push(id)
    }
  }

  for (let i = 0; refused.length < 20; i++) await send(`full${i}`)
  const addedWhenFull = added.length
  rmSync(ballast)
  for (const id of refused.splice(0)) await send(id)

  assert.deepEqual(refused, [], 'all are taken when there is room again')
  assert.equal(added.length, addedWhenFull + 20)
  const counts = { accepted: added.length, duplicate: 0, rejected: 0, lastSeq: added.length }
  assert.deepEqual({ ...(await queue.intake('shop')) }, counts)
  await queue.close()
  const reopened = openSqliteQueue(file, testClock())
  assert.deepEqual(
    (await reopened.read('shop', 0, 10_000)).map(({ messageId }) => messageId),
    added,
  )
  await reopened.close()
})

test('a full disk does not stop readers', async (t) => {
  const disk = smallDisk(t, DISK_BYTES)
  if (disk === null) return t.skip('no file system can be mounted here')
  const file = join(disk, 'queue.db')
  const queue = openSqliteQueue(file, testClock())
  await queue.add([anEvent()])
  assert.throws(() => writeFileSync(join(disk, 'ballast'), Buffer.alloc(DISK_BYTES)), /ENOSPC/)

  const reader = openSqliteQueue(file, testClock())

  assert.equal((await reader.read('shop', 0, 10)).length, 1)
  await reader.close()
  await queue.close()
})
