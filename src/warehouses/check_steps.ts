import type { CheckStep } from '../core/warehouse.ts'

/** Name of a step, what its success is told as, and what it does. */
export type Step = readonly [string, string, () => Promise<unknown>]

/** Goes through the steps of a check, and says how each went; stops at the first that fails. */
export async function passSteps(steps: readonly Step[]): Promise<readonly CheckStep[]> {
  const done: CheckStep[] = []
  for (const [step, message, work] of steps) {
    try {
      await work()
      done.push({ step, ok: true, message })
    } catch (error) {
      return [...done, { step, ok: false, message: (error as Error).message }]
    }
  }
  return done
}
