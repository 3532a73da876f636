import type { Books } from '../core/books.ts'
import { summarise } from '../server/books.ts'
import type { Summary } from '../server/contract.ts'
import { printJson } from './print_json.ts'
import type { Shell } from './shell.ts'
import { table } from './table.ts'
import { withExistingStore } from './with_store.ts'

const LINES: readonly (keyof Books)[] = [
  'accepted',
  'duplicate',
  'filtered',
  'suppressed',
  'delivered',
  'dead',
  'pending',
]

/** Prints the books of every source and sync. */
export async function books(shell: Shell, json: boolean): Promise<void> {
  const summary = await withExistingStore(shell, summarise)
  if (json) printJson(shell, summary)
  else shell.outlet.data(showBooks(summary))
}

function showBooks({ total, sources, syncs }: Summary): string {
  const rejected = sources.reduce((sum, source) => sum + source.rejected, 0)
  const rows = [
    ['', ...LINES, 'rejected'],
    ...sources.map((source) => [`event_source/${source.name}`, ...figures(source), figure(source.rejected)]),
    ...syncs.map((sync) => [`sync/${sync.name}`, ...figures(sync), '']),
    ['total', ...figures(total), figure(rejected)],
  ]
  return table(rows, new Set(LINES.map((_, i) => i + 1)).add(LINES.length + 1))
}

const figures = (books: Books): readonly string[] => LINES.map((line) => figure(books[line]))

const figure = (count: number): string => count.toLocaleString('en')
