import { CommandError, EXIT } from './outlet.ts'
import type { Shell } from './shell.ts'

/** Goes on only with a yes: `--yes`, or a person's. `doing` completes "Cannot …". */
export async function demandYes(shell: Shell, yes: boolean, doing: string, question: string): Promise<void> {
  if (yes) return
  if (!shell.confirm) throw new CommandError(EXIT.usage, `Cannot ${doing} unasked; add --yes. Nothing was changed`)
  if (await shell.confirm(question)) return
  throw new CommandError(EXIT.unclean, 'Nothing was changed')
}
