import { TriggerError } from './trigger_error.ts'

const BLANKS = /[ \t\r\n]*/y
const TEXT = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/sy
const NUMBER = /-?\d+(?:\.\d+)?(?:e[+-]?\d+)?(?![\w.])/iy
const ESCAPED: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', '"': '"', "'": "'", '\\': '\\' }

/** Signs that other languages use, and what FQL writes instead. */
const HINTS: readonly (readonly [RegExp, string])[] = [
  [/^&/, 'write and'],
  [/^\|/, 'write or'],
  [/^~/, 'write contains(field, "text") or match(field, "text*")'],
  [/^[“”„‘’«»]/, 'write straight quotes'],
]

/** A position in a trigger's text that moves on as pieces are taken. Blanks before a piece are skipped. */
export class FqlScanner {
  readonly text: string
  #at = 0

  constructor(text: string) {
    this.text = text
  }

  /** Where the next piece starts. */
  get position(): number {
    BLANKS.lastIndex = this.#at
    return this.#at + BLANKS.exec(this.text)![0].length
  }

  get isAtEnd(): boolean {
    return this.position === this.text.length
  }

  /** Whether the next piece follows the last one without a blank. */
  get isAdjacent(): boolean {
    return this.position === this.#at && !this.isAtEnd
  }

  /** What a sticky pattern matches next, without taking it. */
  peek(pattern: RegExp): string | null {
    pattern.lastIndex = this.position
    return pattern.exec(this.text)?.[0] ?? null
  }

  /** Takes what a sticky pattern matches; null, and no move, when it does not. */
  take(pattern: RegExp): string | null {
    const found = this.peek(pattern)
    if (found !== null) this.#at = this.position + found.length
    return found
  }

  /** Like `take`, but only when no blank stands before. */
  takeAdjacent(pattern: RegExp): string | null {
    return this.isAdjacent ? this.take(pattern) : null
  }

  /** Takes a text in double or single quotes; null when there is none. */
  takeText(): string | null {
    const start = this.position
    const quoted = this.take(TEXT)
    if (quoted === null) return /["']/y.test(this.text.slice(start)) ? this.fail('the text has no closing quote') : null
    return quoted
      .slice(1, -1)
      .replace(/\\(?:u([\da-f]{4})|(.))/gisu, (whole, code: string | undefined, letter: string, offset: number) => {
        if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16))
        return (
          ESCAPED[letter] ?? this.fail(`unknown escape "${whole}"; write "\\\\" for a backslash`, start + 1 + offset)
        )
      })
  }

  /** Takes a number; null when there is none. */
  takeNumber(): number | null {
    const start = this.position
    const digits = this.take(NUMBER)
    if (digits === null) return null
    const value = Number(digits) + 0 // -0 becomes 0, as in JSON.stringify
    if (Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value))) return value
    return this.fail(
      `the number ${digits} has more digits than can be held exactly; send and compare it as a text`,
      start,
    )
  }

  /** Throws a TriggerError that names the next piece and says what to write instead. */
  failFound(remedy: string): never {
    const rest = this.text.slice(this.position)
    const hint = HINTS.find(([sign]) => sign.test(rest))?.[1]
    return this.fail(`found ${describe(rest)}; ${hint ?? remedy}`)
  }

  /** Throws a TriggerError at the next piece, or where told. */
  fail(problem: string, position = this.position): never {
    throw new TriggerError(this.text, position, problem)
  }
}

function describe(rest: string): string {
  if (rest === '') return 'the end of the text'
  return /^["']/.test(rest) ? 'a text' : `"${/^(?:[\w.+-]+|[<>=!]+|.)/su.exec(rest)![0]}"`
}
