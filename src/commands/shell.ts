import { once } from 'node:events'
import { createInterface } from 'node:readline/promises'
import { text } from 'node:stream/consumers'
import { styleText } from 'node:util'
import { CommandError, EXIT, type Outlet, terminal } from './outlet.ts'
import { untilStopped } from './until_stopped.ts'

/** What a word means to the reader; terminals show it as a colour. */
export type Tone = 'good' | 'bad' | 'careful' | 'quiet' | 'strong'

/** Everything a command takes from outside. */
export interface Shell {
  readonly outlet: Outlet
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Working directory; paths are relative to it. */
  readonly folder: string
  readonly now: () => number
  readonly fetch: typeof fetch
  /** Everything on standard input. */
  readInput(): Promise<string>
  /** Asks for a yes; null when nobody is there to answer: no terminal, or CI. */
  readonly confirm: ((question: string) => Promise<boolean>) | null
  /** Fires when the person asks to end (Ctrl-C). */
  stopSignal(): AbortSignal
  tone(tone: Tone, words: string): string
}

const STYLES = { good: 'green', bad: 'red', careful: 'yellow', quiet: 'dim', strong: 'bold' } as const

/** The shell this process runs in. */
export function processShell(): Shell {
  const { stdin, stdout, stderr, env } = process
  // Whoever reads us has seen enough, such as `head`.
  stdout.on('error', ({ code }: NodeJS.ErrnoException) => process.exit(code === 'EPIPE' ? 0 : 1))
  const isAttended = stdin.isTTY && stderr.isTTY && !env['CI']
  return {
    outlet: terminal,
    environment: env,
    folder: process.cwd(),
    now: Date.now,
    fetch,
    readInput: () => text(stdin),
    confirm: isAttended ? confirm : null,
    stopSignal() {
      const stopped = new AbortController()
      void untilStopped().then(() => stopped.abort())
      return stopped.signal
    },
    // Leaves colours out when stdout is no terminal or NO_COLOR is set.
    tone: (tone, words) => styleText(STYLES[tone], words, { stream: stdout }),
  }
}

async function confirm(question: string): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  // Whoever closes his end has not said yes; whoever presses Ctrl-C wants out.
  const closed = once(lines, 'close').then(() => '')
  try {
    const answer = await Promise.race([lines.question(`${question} Type "yes": `), closed])
    return answer.trim().toLowerCase() === 'yes'
  } catch (cause) {
    throw new CommandError(EXIT.interrupted, 'Stopped; nothing was changed', { cause })
  } finally {
    lines.close()
  }
}
