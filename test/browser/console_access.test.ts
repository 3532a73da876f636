import assert from 'node:assert/strict'
import { test } from 'node:test'
import { layRoad, send, startBackbeat } from './backbeat.ts'
import { complaintsOf, inBrowser, picture } from './chromium.ts'
import { goTo, openConsole } from './console_page.ts'
import { aPage, openSite } from './site.ts'

const PASSWORD = 'twelve or more characters'

test(
  'with a password, the console shows nothing before the login and nothing after the logout',
  inBrowser,
  async (t) => {
    const backbeat = await startBackbeat(t, { BACKBEAT_PASSWORD: PASSWORD })
    const page = await openConsole(t, backbeat, '/events')
    const logIn = page.getByRole('button', { name: 'Log in' })

    await logIn.waitFor()
    assert.equal(new URL(page.url()).pathname, '/login')
    await page.getByLabel('Password').first().fill('wrong')
    await logIn.click()
    await page.getByText('The password is wrong').waitFor()
    await picture(page, '30 wrong password')
    await page.getByLabel('Password').first().fill(PASSWORD)
    await logIn.click()
    await page.getByRole('region', { name: 'First steps' }).waitFor()
    assert.equal(await page.evaluate('document.cookie'), '')
    await goTo(page, 'Settings')
    await page.getByRole('button', { name: 'Log out' }).click()
    await logIn.waitFor()
    await page.goto('/settings')
    await logIn.waitFor()

    await assert.rejects(backbeat.get('/resources'), /401/)
  },
)

test(
  'a page of somebody else can neither change nor read anything in the name of who is logged in',
  inBrowser,
  async (t) => {
    const backbeat = await startBackbeat(t, { BACKBEAT_PASSWORD: PASSWORD })
    const page = await openConsole(t, backbeat, '/')
    await page.getByLabel('Password').first().fill(PASSWORD)
    await page.getByRole('button', { name: 'Log in' }).click()
    await page.getByRole('region', { name: 'First steps' }).waitFor()
    const replay = `${backbeat.url}/api/v1/events/1/resend`
    const foreign = await openSite(t, {
      '/': aPage('Prize', '', `<form method="post" action="${replay}"><button>Win</button></form>`),
    })

    await page.goto(foreign)
    const forged = page.waitForResponse(replay)
    await page.evaluate((url) => fetch(url, { method: 'POST', mode: 'no-cors', credentials: 'include' }), replay)
    const read = await page.evaluate(
      (url) =>
        fetch(url, { credentials: 'include' }).then(
          () => 'read',
          () => 'refused',
        ),
      `${backbeat.url}/api/v1/resources`,
    )
    const submitted = page.waitForResponse(replay)
    await page.getByRole('button', { name: 'Win' }).click()

    // Not 401: the browser sent the session along, and only the missing token gave it away.
    assert.equal((await forged).status(), 403)
    assert.equal(read, 'refused')
    assert.equal((await submitted).status(), 415)
  },
)

test('the name of an event is text wherever it is shown, whatever it holds', inBrowser, async (t) => {
  const event = '<img src=x onerror=alert(1)>'
  const backbeat = await startBackbeat(t)
  await layRoad(backbeat, [{ name: event, when: 'type = "track"', event: 'Purchase', fields: { currency: event } }])
  const { id } = await send(backbeat, {
    event,
    userId: event,
    messageId: event,
    properties: { value: 1, [event]: event },
  })
  const page = await openConsole(t, backbeat, '/')
  const complaints = complaintsOf(page)

  for (const [name, path] of [
    ['home', '/'],
    ['list', '/events'],
    ['trace', `/events/${id}`],
    ['dead letters', '/dead-letters'],
    ['dead group', '/dead-letters?sync=shop-to-pixel&code=tiktok.unsupported_currency&field=properties.currency'],
    ['mapping', `/mappings/shop-to-pixel?mapping=${encodeURIComponent(event)}`],
  ] as const) {
    await page.goto(path)
    await page.getByRole('main').getByText(event).first().waitFor()
    await picture(page, `31 hostile ${name}`)
    assert.equal(await page.locator('img[src="x"]').count(), 0, path)
  }
  assert.deepEqual(complaints, [])
})
