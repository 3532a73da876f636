import type { Estimate } from '../../../src/server/contract_streams.ts'
import { counted } from '../parts/amounts.ts'

/** What a run would take, in one sentence: `Reads 141 slices with about 320 calls, in about 2 minutes`. */
export const estimateText = ({ slices, calls, minutes }: Estimate): string =>
  `Reads ${counted(slices, 'slice')} with about ${counted(calls, 'call')}, in ${minutesText(minutes)} at the present limit`

function minutesText(minutes: number): string {
  if (minutes < 1) return 'less than a minute'
  if (minutes < 90) return `about ${counted(Math.round(minutes), 'minute')}`
  return `about ${counted(Math.round(minutes / 60), 'hour')}`
}
