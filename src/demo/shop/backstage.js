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
  happened.unshift({ ...event, row: null })
  happened.length = Math.min(happened.length, SHOWN)
  show()
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
  for (const event of open) event.row = rows.find(({ messageId }) => messageId === event.messageId) ?? event.row
  show()
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

function show() {
  document.getElementById('empty').hidden = happened.length > 0
  document.getElementById('happened').replaceChildren(...happened.map(line))
  const [latest] = happened
  if (!latest) return
  const { state, words } = verdictOf(latest)
  const summary = document.getElementById('latest')
  summary.textContent = `${latest.name}: ${words}`
  summary.dataset.state = state
}

function line(event) {
  const { state, words } = verdictOf(event)
  const to = event.row ? `/events/${event.row.id}` : `/events?q=${encodeURIComponent(event.messageId)}`
  const trace = {
    href: `${document.body.dataset.backbeat}${to}`,
    target: 'backbeat',
    'aria-label': `Trace of ${event.name}`,
  }
  const name = element('span', { class: 'name' }, event.name)
  return element(
    'li',
    { 'data-state': state },
    name,
    element('a', trace, 'Trace'),
    element('span', { class: 'verdict' }, words),
  )
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
