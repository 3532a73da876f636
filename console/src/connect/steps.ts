import { readTexts } from '../parts/read_texts.ts'

/** The steps of the wizard, in order. */
export const STEPS = ['account', 'warehouse', 'streams', 'schedule', 'policy', 'summary'] as const

/** One of them. */
export type Step = (typeof STEPS)[number]

/** Which step is shown, and the sign-in somebody comes back from; lives in the address. */
export interface ConnectSearch {
  readonly step?: Step
  readonly sign_in?: string
}

/** Reads them from an address; what it does not know it leaves out. */
export function readConnectSearch(search: Record<string, unknown>): ConnectSearch {
  const step = STEPS.find((known) => known === search['step'])
  return { ...readTexts(search, ['sign_in']), ...(step ? { step } : {}) }
}
