import type { RunnerParts } from '../src/worker/runner.ts'

/** A process that dies at one of its steps: it does nothing from then on, and never finds out. */
export interface Mortal {
  readonly parts: RunnerParts
  /** Wraps a step of anything else, such as a call to the other side. */
  readonly step: <Args extends readonly unknown[], Result>(
    act: (...args: Args) => Promise<Result>,
  ) => (...args: Args) => Promise<Result>
  readonly isDead: () => boolean
  /** Steps begun so far. */
  readonly steps: () => number
}

/** `at`: the step that is its last; `done`: whether that one has still happened when it dies. */
export function mortal(parts: RunnerParts, { at, done }: { readonly at: number; readonly done: boolean }): Mortal {
  let steps = 0
  let dead = false
  const forever = new Promise<never>(() => {})

  const step: Mortal['step'] =
    (act) =>
    async (...args) => {
      if (dead) return forever
      const isLast = ++steps === at
      if (isLast) dead = true
      if (isLast && !done) return forever
      const result = await act(...args)
      return isLast ? forever : result
    }

  const { queue, journal, pauses, wait } = parts
  return {
    step,
    isDead: () => dead,
    steps: () => steps,
    parts: {
      ...parts,
      queue: { ...queue, read: step(queue.read), get: step(queue.get), intake: step(queue.intake) },
      journal: {
        ...journal,
        attach: step(journal.attach),
        recordedAfter: step(journal.recordedAfter),
        due: step(journal.due),
        record: step(journal.record),
        setFailing: step(journal.setFailing),
      },
      pauses: { ...pauses, pause: step(pauses.pause) },
      wait: (ms, stopped) => (dead ? forever : wait(ms, stopped)),
    },
  }
}
