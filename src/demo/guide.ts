import type { Books } from '../core/books.ts'

/** What the demo says to the person who started it. */

export interface Places {
  readonly consoleUrl: string
  readonly shopUrl: string
  readonly simulatorUrl: string
  readonly folder: string
  /** Of the shop. */
  readonly writeKey: string
}

/** What runs, and where. */
export const whereText = ({ consoleUrl, shopUrl, simulatorUrl, folder }: Places): string => `
  Console        ${consoleUrl}
  Sample shop    ${shopUrl}
  Local TikTok   ${simulatorUrl}
  Data           ${folder}
`

const count = (number: number): string => number.toLocaleString('en')

/** The books in one line, and what never came into them. */
export function booksText({ accepted, ...others }: Books, rejected: number): string {
  const lines = (['duplicate', 'filtered', 'suppressed', 'delivered', 'dead', 'pending'] as const).map(
    (line) => `${count(others[line])} ${line}`,
  )
  return `  ${count(accepted)} accepted = ${lines.join(' + ')}\n  ${count(rejected)} refused at the door`
}

function orderBy({ writeKey, consoleUrl }: Places): string {
  const order = {
    userId: 'me',
    event: 'Order Completed',
    properties: { order_id: 'mine-1', value: 49.9, currency: 'EUR' },
    context: { traits: { email: ' Ann@Example.com' }, page: { url: 'https://shop.example/thanks' } },
  }
  return `curl -u ${writeKey}: ${consoleUrl}/v1/track -d '${JSON.stringify(order)}'`
}

/** Things to do next, and the way to a real account. */
export function tryText(places: Places): string {
  const { consoleUrl, shopUrl, simulatorUrl, folder } = places
  return `
  Try this

  1. Click in the shop, ${shopUrl}
     and watch it arrive in Live events, ${consoleUrl}/events
  2. See what could not be delivered, and why: ${consoleUrl}/dead-letters
  3. Have the local TikTok throttle or fail, on ${simulatorUrl}
     What waits is delivered when it answers again; nothing is lost.
  4. Send an order yourself:
     ${orderBy(places)}
  5. Look at TikTok's reports in the warehouse, ${consoleUrl}/connections
     or ask it: BACKBEAT_DATA=${folder} npm run backbeat -- query "from tiktok_ads.advertiser_report_daily"
  6. Ask the command line: BACKBEAT_DATA=${folder} npm run backbeat -- tail

  With a real account: end this, run "npm run backbeat -- serve", and add your access token and pixel in the console.
  That keeps its data in a folder of its own, so no sample event ever reaches your pixel.

  Ctrl-C ends the demo.
`
}
