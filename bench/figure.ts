/** One line of the bench: what was measured, against what must hold and what the machine could do at best. */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** What a release must show. */
  readonly floor: number
  /** Where we go. */
  readonly aim: number
  /** The same work without any of ours, measured in the same run, in turns; null when there is no such thing. */
  readonly limit: number | null
  /** `value` as a share of `limit`. */
  readonly ratio: number | null
  /** True when less is better: times, memory. */
  readonly isCost?: boolean
}

/** A promise's measurement: one file each. */
export interface Bench {
  readonly name: string
  readonly about: string
  run(): Promise<readonly Figure[]>
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** Runs two things in turns, so that a machine that slows down slows both; gives the median of each. */
export async function inTurns(
  rounds: number,
  ours: () => number | Promise<number>,
  bare: () => number | Promise<number>,
): Promise<{ readonly value: number; readonly limit: number; readonly ratio: number }> {
  const pairs: { ours: number; bare: number }[] = []
  for (let round = 0; round < rounds; round++) pairs.push({ ours: await ours(), bare: await bare() })
  return {
    value: median(pairs.map((pair) => pair.ours)),
    limit: median(pairs.map((pair) => pair.bare)),
    ratio: median(pairs.map((pair) => pair.ours / pair.bare)),
  }
}
