import { IconCircleCheckFilled, IconCircleXFilled, IconPlugX } from '@tabler/icons-react'
import type { Receipt } from '../../../src/server/contract.ts'
import type { Status } from '../parts/status.ts'

/** How TikTok answered one call. Only code 0 in the body is a yes, whatever the HTTP status. */
export function callStatus({ status, code }: Receipt): Status {
  if (status === 0) return { word: 'No answer', tone: 'late', icon: IconPlugX }
  if (status >= 200 && status < 300 && code === 0)
    return { word: 'Accepted', tone: 'good', icon: IconCircleCheckFilled }
  return { word: 'Refused', tone: 'bad', icon: IconCircleXFilled }
}
