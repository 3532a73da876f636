/** Where a command speaks: data to stdout, talk to stderr, and nothing else may write. */
export interface Outlet {
  /** A line of data. */
  data(text: string): void
  /** A line for people; goes to stderr so that data can be piped. */
  talk(text: string): void
}

export const terminal: Outlet = {
  data: (text) => void process.stdout.write(`${text}\n`),
  talk: (text) => void process.stderr.write(`${text}\n`),
}

/** What the shell is told; see docs/reference/cli.md. */
export const EXIT = { ok: 0, unclean: 1, usage: 2, auth: 4, remote: 5, interrupted: 130 } as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** Ends a command with a message for people and a code for scripts. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
  readonly exitCode: ExitCode

  constructor(exitCode: ExitCode, message: string, options: ErrorOptions = {}) {
    super(message, options)
    this.exitCode = exitCode
  }
}
