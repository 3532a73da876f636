import type { Reader } from '../reader.ts'
import type { ReportQuestion } from './question.ts'

/** What reading reports has taught us, for as long as one run lasts. */
export interface RunMemory {
  /** Metrics that TikTok has refused, by the shape of the report. */
  readonly metrics: Map<string, Set<string>>
  /** Filters of ours that TikTok has refused, by the shape of the report. */
  readonly filters: Map<string, Set<string>>
  /** Whether an advertiser has TopView ads. */
  readonly topView: Map<string, Promise<boolean>>
  /** Fields that have been told as unknown. */
  readonly fields: Set<string>
}

const memories = new WeakMap<object, RunMemory>()

/** The memory of a run, which all its readers share. */
export function memoryOf({ run }: Pick<Reader, 'run'>): RunMemory {
  const known = memories.get(run)
  if (known !== undefined) return known
  const memory = { metrics: new Map(), filters: new Map(), topView: new Map(), fields: new Set<string>() }
  memories.set(run, memory)
  return memory
}

/** What a refusal holds for: the advertiser's rights and the report's shape decide what it may hold. */
export const shapeOf = (advertiserId: string, { report_type, level, dimensions, isLifetime }: ReportQuestion): string =>
  [advertiserId, report_type, level, isLifetime, ...dimensions].join(' ')

/** The set under a key, made when there is none. */
export function setUnder(map: Map<string, Set<string>>, key: string): Set<string> {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = new Set<string>()
  map.set(key, made)
  return made
}
