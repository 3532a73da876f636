// Event names, ids and messages come from whoever sends: everything is shown as text, never as markup.

const POLL_MS = 1500
const VERDICT_LOOK = { counted: 'good', test: 'calm', duplicate: '', merged: 'calm' }
const SEVERITY_LOOK = { error: 'bad', warning: 'warn', note: '' }
// Kinds that need more than a switch (a code) are for the API.
const NEEDS_MORE = ['code']

const byId = (id) => document.getElementById(id)

/** An element with a class and children; texts become text nodes. */
function el(tag, look, ...children) {
  const element = document.createElement(tag)
  if (look) element.className = look
  element.append(...children.filter((child) => child !== null))
  return element
}

const chip = (text, look) => el('span', `chip ${look}`, `${text}`)
const td = (look, ...children) => el('td', look, ...children)
const time = (iso) => iso.slice(11, 19)

function show(id, rows, empty) {
  const parent = byId(id)
  const nothing = parent.tagName === 'TBODY' ? el('tr', '', el('td', 'empty', empty)) : el('li', 'empty', empty)
  parent.replaceChildren(...(rows.length > 0 ? rows : [nothing]))
}

async function call(method, path, body) {
  const headers = body === undefined ? {} : { 'content-type': 'application/json' }
  const response = await fetch(`/__simulator/${path}`, { method, headers, body: body && JSON.stringify(body) })
  const answer = await response.json()
  if (!response.ok) throw new Error(answer.error)
  return answer
}

const total = (label, value) => el('div', 'total', el('b', '', value.toLocaleString('en')), el('span', '', label))

function showTotals({ received, counted, duplicates, merged, test }) {
  const totals = {
    received,
    counted,
    'duplicates dropped': duplicates,
    'merged with the pixel': merged,
    'test events': test,
  }
  byId('totals').replaceChildren(...Object.entries(totals).map(([label, value]) => total(label, value)))
}

const nameRow = ([name, tally]) =>
  el(
    'tr',
    '',
    td('', name),
    td('number', `${tally.counted}`),
    td('number', `${tally.duplicates + tally.merged}`),
    td('number', `${tally.test}`),
  )

const nameOf = ({ event, counted_as }) => (event === counted_as ? event : `${event} → ${counted_as}`)

const eventRow = (event) =>
  el(
    'tr',
    '',
    td('mono', time(event.received_at)),
    td('', nameOf(event)),
    td('mono', event.event_id ?? '–'),
    td('', `${event.event_source} ${event.event_source_id}`),
    td('', ...event.match_keys.map((key) => chip(key, ''))),
    td('', chip(event.verdict, VERDICT_LOOK[event.verdict])),
    td('', ...event.diagnostics.map(({ kind }) => chip(kind, ''))),
  )

const testRow = (event) =>
  el(
    'tr',
    '',
    td('mono', time(event.received_at)),
    td('', nameOf(event)),
    td('mono', event.test_event_code),
    td('', ...event.match_keys.map((key) => chip(key, ''))),
  )

const diagnosticItem = ({ severity, kind, about, remedy, count, sample, event_source_id }) =>
  el(
    'li',
    '',
    chip(severity, SEVERITY_LOOK[severity]),
    el('strong', '', `${kind} `),
    `× ${count.toLocaleString('en')}`,
    el('div', '', `${about}. ${remedy}.`),
    el('small', '', `${event_source_id} · ${sample.event} · ${sample.field}: ${sample.value}`),
  )

function codeChip({ code }) {
  if (code === null) return chip('none', 'warn')
  return chip(code, code === 0 ? 'good' : 'bad')
}

const requestRow = (request) =>
  el(
    'tr',
    '',
    td('mono', time(request.at)),
    td('mono', `${request.method} ${request.path}`),
    td('number', `${request.items ?? '–'}`),
    td('', chip(request.status ?? 'no answer', request.status === 200 ? '' : 'warn')),
    td('', codeChip(request)),
    td('', request.message ?? '–'),
    td('', request.fault === null ? '–' : chip(request.fault, 'warn')),
  )

async function turn(kind, isOn, standing) {
  if (isOn) await call('POST', 'faults', { fault: kind })
  else for (const { id } of standing) await call('DELETE', `faults?id=${id}`)
  await refresh()
}

function faultSwitch(kind, about, standing) {
  const box = el('input', '')
  box.type = 'checkbox'
  box.checked = standing.length > 0
  box.dataset.kind = kind
  box.addEventListener('change', () => turn(kind, box.checked, standing))
  const hits = standing.reduce((sum, fault) => sum + fault.hits, 0)
  const title = el(
    'span',
    '',
    el('strong', '', kind),
    hits > 0 ? ` × ${hits}` : '',
    el('br', ''),
    el('small', '', about),
  )
  return el('li', '', el('label', '', box, title))
}

function showFaults({ faults, kinds }) {
  const focused = document.activeElement?.dataset?.kind
  const switches = Object.entries(kinds)
    .filter(([kind]) => !NEEDS_MORE.includes(kind))
    .map(([kind, about]) =>
      faultSwitch(
        kind,
        about,
        faults.filter(({ fault, left }) => fault === kind && left !== 0),
      ),
    )
  byId('faults').replaceChildren(...switches)
  if (focused) document.querySelector(`[data-kind="${CSS.escape(focused)}"]`)?.focus()
}

function showSettings({ settings, about_settings }) {
  const changed = about_settings.filter(({ name, default: byDefault }) => settings[name] !== byDefault)
  const items = changed.map(({ name, about }) =>
    el('li', '', el('strong', '', `${name}: ${settings[name]}`), el('div', '', el('small', '', about))),
  )
  show('settings', items, 'None: everything is as TikTok documents it')
}

const advertiserRow = (advertiser) =>
  el(
    'tr',
    '',
    td('', advertiser.name),
    td('mono', advertiser.advertiser_id),
    td('', advertiser.currency),
    td('', advertiser.display_timezone),
    ...['campaigns', 'adgroups', 'ads'].map((kind) => td('number', advertiser[kind].toLocaleString('en'))),
    td('', chip(advertiser.permission, advertiser.permission === 'granted' ? 'good' : 'warn')),
  )

function showAdvertisers({ summary, developer_apps }) {
  show('advertisers', summary.map(advertiserRow), 'No advertisers')
  const query = new URLSearchParams({
    app_id: Object.keys(developer_apps)[0] ?? '',
    redirect_uri: `${location.origin}/`,
    state: 'try',
  })
  byId('consent').href = `/portal/auth?${query}`
}

function showState(text, look) {
  byId('state').className = `chip ${look}`
  byId('state').textContent = text
}

async function load() {
  const paths = ['events?verdict=all&limit=50', 'events?test_event_code=*&limit=20', 'diagnostics', 'requests?limit=50']
  const [all, tests, diagnostics, requests, faults, clock, world] = await Promise.all(
    [...paths, 'faults', 'clock', 'world'].map((path) => call('GET', path)),
  )
  showTotals(all.totals)
  show('names', Object.entries(all.totals.by_event).map(nameRow), 'No events yet')
  show('events', all.events.map(eventRow), 'No events yet')
  show('tests', tests.events.map(testRow), 'No test events yet')
  show('diagnostics', diagnostics.diagnostics.map(diagnosticItem), 'Nothing to point out')
  show('requests', requests.requests.map(requestRow), 'No requests yet')
  showFaults(faults)
  showSettings(world)
  showAdvertisers(world)
  byId('clock').textContent =
    `${clock.now.replace('T', ' ').slice(0, 19)} UTC${clock.offset_ms === 0 ? '' : ' (moved)'}`
  showState('listening', 'good')
}

const refresh = () => load().catch((error) => showState(`not reachable: ${error.message}`, 'bad'))

for (const button of document.querySelectorAll('[data-advance-ms]')) {
  button.addEventListener('click', async () => {
    await call('POST', 'clock', { advance_ms: Number(button.dataset.advanceMs) })
    await refresh()
  })
}

byId('reset').addEventListener('click', async () => {
  await call('POST', 'reset')
  await refresh()
})

setInterval(() => document.hidden || refresh(), POLL_MS)
refresh()
