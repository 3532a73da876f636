import { addBooks, type Books, closeBooks } from '../core/books.ts'
import type { Store } from '../store/store.ts'
import type { Summary } from './contract.ts'

/**
 * The books of every source and sync. Verdicts are read before the intake: between the two more may be taken in, and
 * what has no verdict yet is pending, so the sum holds at every instant.
 */
export async function summarise(store: Store): Promise<Summary> {
  const resources = await store.resources.list()
  const readers = await store.journal.readers()
  const sources = resources.filter(({ kind }) => kind === 'event_source').map(({ name }) => name)
  const read = new Set(readers.map(({ source }) => source))
  const bySource = await Promise.all(sources.map((name) => sourceBooks(store, name, read.has(name))))
  const bySync = await Promise.all(readers.map(({ sync, source }) => syncBooks(store, sync, source)))
  return { total: addBooks(bySource), sources: bySource, syncs: bySync }
}

async function sourceBooks(store: Store, name: string, isRead: boolean): Promise<Summary['sources'][number]> {
  const verdicts = await store.journal.verdicts('source', name)
  const { accepted, duplicate, rejected } = await store.queue.intake(name)
  const books = closeBooks({ ...verdicts, accepted, duplicate })
  return { name, rejected, ...(isRead ? books : unread(books)) }
}

// Nobody reads this source, so nothing will become of its events until a sync does: they are filtered, not pending.
function unread(books: Books): Books {
  return { ...books, filtered: books.filtered + books.pending, pending: 0 }
}

async function syncBooks(store: Store, name: string, source: string): Promise<Summary['syncs'][number]> {
  const verdicts = await store.journal.verdicts('sync', name)
  const base = await store.journal.base(name)
  const intake = await store.queue.intake(source)
  const accepted = intake.accepted - base.accepted
  const duplicate = intake.duplicate - base.duplicate
  return { name, ...closeBooks({ ...verdicts, accepted, duplicate }) }
}
