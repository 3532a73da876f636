/** How many of `total` things fall to part `part` of `parts` when they are dealt out evenly. */
export const shareOf = (total: number, part: number, parts: number): number =>
  Math.floor(((part + 1) * total) / parts) - Math.floor((part * total) / parts)
