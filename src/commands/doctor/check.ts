/** One thing that was looked at. */
export interface Check {
  readonly name: string
  readonly verdict: 'ok' | 'failed' | 'skipped'
  /** What was found. */
  readonly detail: string
  /** What to do about it; only when it failed. */
  readonly remedy?: string
}

/** It is in order. */
export const ok = (name: string, detail: string): Check => ({ name, verdict: 'ok', detail })

/** It is not, and `remedy` says what to do. */
export const failed = (name: string, detail: string, remedy: string): Check => ({
  name,
  verdict: 'failed',
  detail,
  remedy,
})

/** It was not looked at. */
export const skipped = (name: string, detail: string): Check => ({ name, verdict: 'skipped', detail })
