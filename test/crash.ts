import { type ChildProcess, spawn } from 'node:child_process'

/** When to kill a program: after it has printed so many lines, and so many milliseconds more. */
export interface Kill {
  readonly lines: number
  readonly ms: number
}

/** A kill at any moment of a program's life: one in four while it still starts, the others in the middle of its work. */
export function anyKill(random: () => number, linesMax: number): Kill {
  const isEarly = random() < 0.25
  return isEarly ? { lines: 0, ms: random() * 250 } : { lines: Math.ceil(random() * linesMax), ms: random() * 5 }
}

/**
 * Runs a program, such as `['node', 'shop.ts']`, and ends it with SIGKILL; resolves with the whole lines it has printed.
 * Rejects when the program ends by itself before that, since then nothing was proved.
 */
export function runAndKill([file, ...args]: readonly [string, ...string[]], { lines, ms }: Kill): Promise<string[]> {
  const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  let errors = ''
  let killing: NodeJS.Timeout | undefined
  const killWhenDue = () => {
    if (killing === undefined && wholeLines(out).length >= lines) killing = setTimeout(() => child.kill('SIGKILL'), ms)
  }
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk
  })
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk
    killWhenDue()
  })
  killWhenDue()
  return ended(child).then((signal) => {
    clearTimeout(killing)
    if (signal !== 'SIGKILL') throw new Error(`Cannot kill "${args.join(' ')}": it ended by itself; ${errors}`)
    return wholeLines(out)
  })
}

const ended = (child: ChildProcess): Promise<string | null> =>
  new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (_code, signal) => resolve(signal))
  })

// What follows the last line end was cut short by the kill.
const wholeLines = (text: string): string[] => text.split('\n').slice(0, -1)

/** Random numbers in [0, 1) that come again with the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000
  }
}
