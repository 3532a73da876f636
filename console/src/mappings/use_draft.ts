import { useState } from 'react'
import type { Resource } from '../../../src/server/contract.ts'
import { type SyncSpec, typed } from '../api/specs.ts'

/** A sync while it is edited: what was saved when editing began, and what it shall become. */
export interface Draft {
  readonly saved: SyncSpec
  readonly draft: SyncSpec
  readonly setDraft: (draft: SyncSpec) => void
  /** Takes a stored sync as the new beginning: after saving, or to throw the draft away. */
  readonly adopt: (stored: Resource) => void
  /** Someone else saved the sync meanwhile; saving would undo what they did. */
  readonly isStale: boolean
}

/** Keeps the draft apart from the stored sync, which may be read anew at any time. An untouched draft follows it. */
export function useDraft(sync: Resource): Draft {
  const [base, setBase] = useState(sync)
  const [draft, setDraft] = useState(typed<SyncSpec>(sync).spec)
  const isTouched = JSON.stringify(draft) !== JSON.stringify(base.spec)
  const adopt = (stored: Resource) => {
    setBase(stored)
    setDraft(typed<SyncSpec>(stored).spec)
  }
  const isNewer = sync.revision > base.revision
  if (isNewer && !isTouched) adopt(sync)
  return { saved: typed<SyncSpec>(base).spec, draft, setDraft, adopt, isStale: isNewer && isTouched }
}
