import { element } from './dom.js'

/** The list of what the shop has sent, and what became of each. */

const SHOWN = 30
const ASK_EVERY_MS = 400
const ASK_MOST = 20
const GIVE_UP_MS = 5 * 60_000

const happened = []
let isAsking = false

/** An event has left; from now on it is asked what became of it. */
export function tell(event) {
  const entry = { ...event, row: null, line: lineOf(event) }
  happened.unshift(entry)
  document.getElementById('empty').hidden = true
  document.getElementById('happened').prepend(entry.line)
  for (const { line } of happened.splice(SHOWN)) line.remove()
  say(entry)
  if (!isAsking) askSoon()
}

const isOpen = ({ row, at }) => (row === null || row.standing === 'pending') && Date.now() - at < GIVE_UP_MS

function askSoon() {
  isAsking = true
  setTimeout(ask, ASK_EVERY_MS)
}

async function ask() {
  const open = happened.filter(isOpen).slice(0, ASK_MOST)
  const rows = await became(open.map(({ messageId }) => messageId))
  for (const entry of open) {
    entry.row = rows.find(({ messageId }) => messageId === entry.messageId) ?? entry.row
    say(entry)
  }
  isAsking = false
  if (happened.some(isOpen)) askSoon()
}

async function became(ids) {
  if (ids.length === 0) return []
  try {
    const answer = await fetch(`/became?${new URLSearchParams(ids.map((id) => ['id', id]))}`)
    return answer.ok ? await answer.json() : []
  } catch {
    // The shop's server is gone for the moment; the next question will tell.
    return []
  }
}

/** What is said of an event, and the colour it is said in. */
function verdictOf({ row, allowsAdvertising }) {
  if (row === null) return { state: 'sent', words: 'on its way to Backbeat' }
  const delivery = row.deliveries[0]
  switch (row.standing) {
    case 'delivered':
      return { state: 'delivered', words: `TikTok took it as ${delivery?.mapping}` }
    case 'dead':
      return { state: 'dead', words: delivery?.reason?.message ?? 'cannot be delivered' }
    case 'filtered':
      return {
        state: 'filtered',
        words: `not for TikTok: ${allowsAdvertising ? 'no mapping takes it' : 'advertising was not allowed'}`,
      }
    case 'suppressed':
      return { state: 'filtered', words: 'not for TikTok: held back' }
    default:
      return { state: 'pending', words: delivery?.reason?.message ?? 'received, waiting for TikTok' }
  }
}

/** A line of the list, which stays the same element so that a reader does not lose its place. */
function lineOf({ name }) {
  const trace = element('a', { target: 'backbeat', 'aria-label': `Trace of ${name}` }, 'Trace')
  return element('li', {}, element('span', { class: 'name' }, name), trace, element('span', { class: 'verdict' }))
}

function say(entry) {
  const { state, words } = verdictOf(entry)
  const { row, line, name, messageId } = entry
  const path = row ? `/events/${row.id}` : `/events?q=${encodeURIComponent(messageId)}`
  line.querySelector('a').href = `${document.body.dataset.backbeat}${path}`
  write(line.querySelector('.verdict'), words)
  line.dataset.state = state
  if (entry !== happened[0]) return
  const latest = document.getElementById('latest')
  write(latest, `${name}: ${words}`)
  latest.dataset.state = state
}

// What is written again is read out again.
function write(place, words) {
  if (place.textContent !== words) place.textContent = words
}

/** Makes the panel's own controls work. */
export function openBackstage({ clickId, consent, onConsent, batching, onBatching, onAd }) {
  if (clickId) document.getElementById('landed').textContent = `Kept from the ad: click id ${clickId.slice(0, 16)}…`
  const fold = document.getElementById('fold')
  fold.addEventListener('click', () =>
    fold.setAttribute('aria-expanded', fold.getAttribute('aria-expanded') !== 'true'),
  )
  const box = document.getElementById('consent')
  box.checked = consent
  box.addEventListener('change', () => onConsent(box.checked))
  const mode = document.getElementById('batching')
  mode.setAttribute('aria-checked', batching)
  mode.addEventListener('click', () => onBatching(!batching))
  document.getElementById('ad').addEventListener('click', onAd)
}
