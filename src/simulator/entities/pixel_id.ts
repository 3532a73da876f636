/** TikTok gives every pixel a decimal id beside its code; ours is made from the code. */
export const pixelIdOf = (code: string): string =>
  `7${[...code]
    .reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1e15, 7)
    .toString()
    .padStart(18, '0')}`
