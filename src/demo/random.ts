/** Gives a number from 0 to below 1. */
export type Random = () => number

/** Random numbers that are the same for the same seed (FNV-1a over the seed, then mulberry32). */
export function seededRandom(seed: string): Random {
  let state = 0x811c9dc5
  for (const letter of seed) state = Math.imul(state ^ letter.codePointAt(0)!, 0x01000193)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A whole number from `least` to `most`, both possible. */
export const whole = (random: Random, least: number, most: number): number =>
  least + Math.floor(random() * (most - least + 1))

/** True with the given probability. */
export const chance = (random: Random, probability: number): boolean => random() < probability

/** One of the choices, all equally likely. */
export const pick = <Choice>(random: Random, choices: readonly Choice[]): Choice =>
  choices[whole(random, 0, choices.length - 1)]!

/** One of the choices, each as likely as its share. */
export function pickByShare<Choice extends { readonly share: number }>(
  random: Random,
  choices: readonly Choice[],
): Choice {
  let left = random() * choices.reduce((sum, { share }) => sum + share, 0)
  return choices.find(({ share }) => {
    left -= share
    return left < 0
  })!
}

/** So many letters and digits. */
export function letters(random: Random, length: number): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
  return Array.from({ length }, () => alphabet[whole(random, 0, alphabet.length - 1)]).join('')
}
