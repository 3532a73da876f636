import type { LatestRuns, Runs } from '../../store/runs.ts'

export interface ScheduledSync {
  readonly name: string
  /** A disabled sync runs only when it is told to. */
  readonly enabled: boolean
  /** Name of the account it reads from. */
  readonly account: string
  /** First moment after `since` at which it is due; null for never. */
  readonly dueAfter: (since: number) => number | null
}

export interface ScheduleParts {
  readonly runs: Runs
  readonly syncs: () => Promise<readonly ScheduledSync[]>
  /** Subjects that wait for a person. */
  readonly paused: () => Promise<ReadonlySet<string>>
  readonly now: () => number
}

/** Puts in line what is due. What was missed, once or many times, runs once; what runs already is not asked for again. */
export async function requestDue({ runs, syncs, paused, now }: ScheduleParts): Promise<void> {
  const waiting = await paused()
  for (const sync of await syncs()) {
    const isPaused = waiting.has(`sync/${sync.name}`) || waiting.has(`account/${sync.account}`)
    if (!sync.enabled || isPaused || !isDue(sync, await runs.latest(sync.name), now())) continue
    const request = { sync: sync.name, kind: 'scheduled', streams: null, days: null, acceptsEmpty: false } as const
    await runs.requestRun({ ...request, who: 'schedule' }, now())
  }
}

/** A sync with a schedule that never ran is due at once. */
function isDue({ dueAfter }: ScheduledSync, { underWay, ended }: LatestRuns, now: number): boolean {
  if (underWay !== null) return false
  const due = dueAfter(ended?.createdAt ?? 0)
  return due !== null && due <= now
}
