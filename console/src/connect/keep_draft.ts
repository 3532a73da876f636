import { useEffect, useState } from 'react'
import { type ConnectionDraft, FIRST_DRAFT } from './draft.ts'

/** The wizard's state as this browser tab remembers it: signing in leaves the page and comes back. */
interface Kept {
  readonly draft: ConnectionDraft
  /** The account whose sign-in the wizard waits for. */
  readonly signingIn: string | null
}

const KEY = 'backbeat-connect'

/** What was kept; null when there is nothing, or nothing that can be read. */
export function keptWizard(): Kept | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Kept | null
    return kept && { signingIn: kept.signingIn, draft: { ...FIRST_DRAFT, ...kept.draft } }
  } catch {
    return null
  }
}

const keep = (kept: Kept): void => sessionStorage.setItem(KEY, JSON.stringify(kept))

/** Forgets the draft, once its connection is made. */
export const forgetWizard = (): void => sessionStorage.removeItem(KEY)

/** Notes that the page is left for TikTok's, to be come back to; null: that the way back does not lead here. */
export const noteSigningIn = (account: string | null): void =>
  keep({ draft: keptWizard()?.draft ?? FIRST_DRAFT, signingIn: account })

/** True while a sign-in that began in the wizard has not been shown there. */
export const isSigningIn = (): boolean => (keptWizard()?.signingIn ?? null) !== null

/** The draft of the wizard, kept over a reload and over the way to TikTok and back. */
export function useKeptDraft() {
  const [draft, setDraft] = useState(() => keptWizard()?.draft ?? FIRST_DRAFT)
  useEffect(() => keep({ draft, signingIn: null }), [draft])
  return [draft, setDraft] as const
}
