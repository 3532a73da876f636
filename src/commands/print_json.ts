import type { Shell } from './shell.ts'

/** One object on standard output, for a program that reads it whole. */
export function printJson({ outlet }: Shell, value: unknown): void {
  outlet.data(JSON.stringify(value, null, 2))
}

/** One object on one line, for a program that reads as it comes. */
export function printJsonLine({ outlet }: Shell, value: unknown): void {
  outlet.data(JSON.stringify(value))
}
