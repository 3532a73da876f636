import { useEffect } from 'react'
import { PLACES } from './places.ts'

// How long `g` waits for its second key.
const SEQUENCE_MS = 1_200

const EDITABLE = 'input, textarea, select, [contenteditable="true"]'
// What lies over the page has keys of its own.
const OVERLAY = '[role="dialog"], [role="menu"], [data-portal] [role="listbox"]'

/**
 * The keys of the whole console: `/` search, `g` + letter to go, `j` and `k` along the rows marked `data-row`,
 * Esc back to where a page came from. Keys typed into a field stay there.
 */
export function useKeyboard(go: (path: string) => void, openSearch: () => void): void {
  useEffect(() => {
    let goingSince = 0
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTaken(event)) return
      const going = event.timeStamp - goingSince < SEQUENCE_MS
      goingSince = event.key === 'g' && !going ? event.timeStamp : 0
      const act = going ? placeAct(event.key, go) : keyAct(event.key, openSearch)
      if (!act) return
      event.preventDefault()
      act()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [go, openSearch])
}

const isTaken = (event: KeyboardEvent): boolean =>
  (event.target as HTMLElement).closest(EDITABLE) !== null || wasOverlaid

// Looked up before anybody else hears of the key: a dialog that Esc closes may be gone when it is our turn, and the same Esc
// must not lead off the page too.
let wasOverlaid = false
window.addEventListener(
  'keydown',
  () => {
    wasOverlaid = [...document.querySelectorAll(OVERLAY)].some((overlay) => overlay.checkVisibility())
  },
  { capture: true },
)

function placeAct(key: string, go: (path: string) => void) {
  const place = PLACES.find((candidate) => candidate.key === key)
  return place && (() => go(place.path))
}

function keyAct(key: string, openSearch: () => void): (() => void) | undefined {
  switch (key) {
    case '/':
      return () => focusSearch() || openSearch()
    case 'j':
      return () => focusRow(1)
    case 'k':
      return () => focusRow(-1)
    case 'Escape':
      return () => document.querySelector<HTMLElement>('[data-back]')?.click()
    default:
      return undefined
  }
}

function focusSearch(): boolean {
  const search = document.querySelector<HTMLInputElement>('[data-search]')
  search?.focus()
  return search !== null
}

function focusRow(step: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-row]')]
  const present = rows.findIndex((row) => row.contains(document.activeElement))
  const next = present < 0 ? 0 : Math.min(Math.max(present + step, 0), rows.length - 1)
  rows[next]?.focus()
  rows[next]?.scrollIntoView({ block: 'nearest' })
}
