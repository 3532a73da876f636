/** One thing that was looked at. */
export interface Check {
  readonly name: string
  readonly verdict: 'ok' | 'failed' | 'skipped'
  /** What was found. */
  readonly detail: string
  /** What to do about it; only when it failed. */
  readonly remedy?: string
}

export const ok = (name: string, detail: string): Check => ({ name, verdict: 'ok', detail })

export const failed = (name: string, detail: string, remedy: string): Check => ({
  name,
  verdict: 'failed',
  detail,
  remedy,
})

export const skipped = (name: string, detail: string): Check => ({ name, verdict: 'skipped', detail })
