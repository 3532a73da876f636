import { existsSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../../config.ts'
import { durabilityOf } from '../../store/durability.ts'
import { type Check, failed, ok } from './check.ts'

// A busy minute: 60,000 events a second of 1 KB would fill a gigabyte in less.
const FREE_BYTES_MIN = 1e9
const QUEUE_FULL = 0.9

/** Looks at the folder and the files of a data directory that exists. */
export function checkStorage({ BACKBEAT_DATA, BACKBEAT_QUEUE_MAX }: Config): readonly Check[] {
  return [
    checkWritable(BACKBEAT_DATA),
    checkSpace(BACKBEAT_DATA, freeBytes(BACKBEAT_DATA)),
    ...['queue.db', 'state.db']
      .map((file) => join(BACKBEAT_DATA, file))
      .filter(existsSync)
      .map(checkDurability),
    checkQueueSize(sizeOf(join(BACKBEAT_DATA, 'queue.db')), BACKBEAT_QUEUE_MAX),
  ]
}

function checkWritable(folder: string): Check {
  const probe = join(folder, `.doctor-${process.pid}`)
  try {
    writeFileSync(probe, '')
    rmSync(probe)
    return ok('Data directory', `${folder} can be written`)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const remedy = 'Give the user who runs backbeat the right to write there, or set BACKBEAT_DATA to another folder'
    return failed('Data directory', `${folder} cannot be written (${code})`, remedy)
  }
}

/** Whether there is room for the events of an outage. */
export function checkSpace(folder: string, free: number): Check {
  const found = `${size(free)} free at ${folder}`
  if (free >= FREE_BYTES_MIN) return ok('Free space', found)
  return failed('Free space', found, 'Make room, or move BACKBEAT_DATA to a larger disk; a full one refuses senders')
}

function checkDurability(path: string): Check {
  const { journal, isSynced } = durabilityOf(path)
  const found = `${path}: ${journal === 'wal' ? 'write-ahead log' : `journal mode ${journal}`}, ${isSynced ? 'synced at every commit' : 'not synced'}`
  if (journal === 'wal' && isSynced) return ok('Durability', found)
  return failed('Durability', found, 'Move BACKBEAT_DATA to a local disk; a network file system cannot hold the log')
}

/** Whether the queue is near the size at which senders are told to wait. */
export function checkQueueSize(used: number, most: number): Check {
  const found = `${size(used)} of ${size(most)}`
  if (used < most * QUEUE_FULL) return ok('Queue', found)
  const remedy = 'See why events are not delivered (backbeat books), or raise BACKBEAT_QUEUE_MAX'
  return failed('Queue', `${found}; senders are told to wait when it is full`, remedy)
}

function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0

function size(bytes: number): string {
  return bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${(bytes / 1e6).toFixed(1)} MB`
}
