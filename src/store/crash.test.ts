import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { anyKill, runAndKill, seededRandom } from '../../test/crash.ts'
import { senderEvent } from '../../test/crash_events.ts'
import { tempFolder } from '../../test/temp_folder.ts'
import { openSqliteQueue } from './sqlite_queue.ts'

const KILLS = Number(process.env['CRASH_KILLS'] ?? 24)
const SENDER = join(import.meta.dirname, '../../test/crash_sender.ts')
const STRACE = spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0
const withoutStrace = STRACE ? false : 'strace does not work here'

const folder = tempFolder({ after })

test(`after ${KILLS} kills at random moments every acknowledged event is there once`, async () => {
  const seed = Date.now()
  const random = seededRandom(seed)
  const file = join(folder, 'killed.db')
  const acknowledged = new Set<string>()
  let again: string[] = []
  for (let run = 0; run < KILLS; run++) {
    const sender = [process.execPath, SENDER, file, String(run), '1000000', again.join()] as const
    const lines = await runAndKill(sender, anyKill(random, 300))
    const ids = lines.map((line) => line.replace(/^(added|duplicate) /, ''))
    for (const id of ids) acknowledged.add(id)
    again = [...ids.slice(-5), ...neverAnswered(run, ids)]
  }

  const queue = openSqliteQueue(file, { now: Date.now })
  const events = await queue.read('shop', 0, Number.MAX_SAFE_INTEGER)
  const { accepted, duplicate, lastSeq } = await queue.intake('shop')
  await queue.close()

  const kept = new Set(events.map(({ messageId }) => messageId))
  const lost = [...acknowledged].filter((id) => !kept.has(id))
  const hurt = events.filter(({ messageId, payload }) => payload !== senderEvent(messageId).payload)
  assert.deepEqual({ seed, lost, hurt }, { seed, lost: [], hurt: [] })
  assert.equal(events.length, kept.size, 'none is there twice')
  assert.deepEqual([accepted - duplicate, lastSeq], [events.length, events.length])
  assert.ok(acknowledged.size > KILLS, `only ${acknowledged.size} events were acknowledged`)
})

/** Ids of a run that may have been handed in but were not answered: those after the last answers. */
function neverAnswered(run: number, answered: readonly string[]): string[] {
  const own = answered.filter((id) => id.startsWith(`${run}-`)).length
  return Array.from({ length: 10 }, (_, i) => `${run}-${own + i}`).filter((id) => !answered.includes(id))
}

test('an acknowledgement leaves only after the disk has confirmed what it stands for', { skip: withoutStrace }, () => {
  const trace = join(folder, 'trace.txt')
  const command = [process.execPath, SENDER, join(folder, 'traced.db'), 'a', '200']
  const options = ['-f', '-y', '-e', 'trace=pwrite64,fdatasync,fsync,write', '-o', trace]

  const { stdout, status } = spawnSync('strace', [...options, ...command], { encoding: 'utf8' })

  assert.equal(status, 0)
  assert.equal(stdout.trim().split('\n').length, 200)
  assert.deepEqual(ackedTooEarly(readFileSync(trace, 'utf8').split('\n')), { acks: 200, tooEarly: [] })
})

/** Follows system calls: between writing to the log and an acknowledgement there must be a sync of the log. */
function ackedTooEarly(calls: readonly string[]): { acks: number; tooEarly: string[] } {
  let unsynced = false
  let acks = 0
  const tooEarly: string[] = []
  for (const call of calls) {
    if (/pwrite64\(\d+<[^>]*-wal>/.test(call)) unsynced = true
    if (/f(data)?sync\(\d+<[^>]*-wal>\) += 0/.test(call)) unsynced = false
    if (!/ write\(1<.*"added /.test(call)) continue
    acks++
    if (unsynced) tooEarly.push(call)
  }
  return { acks, tooEarly }
}

test('a disk that fails to sync costs refusals, no acknowledged event, and no restart', {
  skip: withoutStrace,
}, async () => {
  const file = join(folder, 'failing.db')
  const command = [process.execPath, SENDER, file, 'a', '200']
  const options = [
    '-f',
    '-e',
    'trace=fsync,fdatasync',
    '-e',
    'inject=fsync,fdatasync:error=EIO:when=20+4',
    '-o',
    '/dev/null',
  ]

  const { stdout, status, stderr } = spawnSync('strace', [...options, ...command], { encoding: 'utf8' })

  assert.equal(status, 0, stderr)
  const lines = stdout.trim().split('\n')
  const added = lines.filter((line) => line.startsWith('added ')).map((line) => line.slice('added '.length))
  assert.ok(added.length > 100, `only ${added.length} were added`)
  assert.ok(lines.length - added.length >= 5, `only ${lines.length - added.length} were refused`)
  const queue = openSqliteQueue(file, { now: Date.now })
  const kept = new Set((await queue.read('shop', 0, 1000)).map(({ messageId }) => messageId))
  await queue.close()
  assert.deepEqual(
    added.filter((id) => !kept.has(id)),
    [],
  )
})
