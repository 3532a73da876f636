/** Code that sends one event with a sender's SDK, ready to paste. */
export interface Snippet {
  readonly name: string
  /** What to install first, or where to put it. */
  readonly before: string
  readonly text: string
}

interface Address {
  /** Base address of the door, such as `https://events.shop.example`. */
  readonly base: string
  /** The same without its scheme, since some SDKs want it so. */
  readonly host: string
  readonly protocol: string
  readonly key: string
}

/** The snippets for one source. `ingestUrl` is the address senders reach us at. */
export function snippets(ingestUrl: string, writeKey: string): readonly Snippet[] {
  const base = ingestUrl.replace(/\/+$/, '')
  const { host, pathname, protocol } = new URL(base)
  const path = pathname.replace(/\/+$/, '')
  const address: Address = { base, host: host + path, protocol: protocol.replace(':', ''), key: writeKey }
  return [browser(address), npm(address), node(address), python(address), go(address), curl(address), rudder(address)]
}

// Single quotes are string quotes in JavaScript and Python; `<` is spelt out so that no text can close a script element.
const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&').replaceAll('<', '\\x3c')}'`

const METHODS =
  'track page identify group alias screen reset ready on once off setAnonymousId user debug register addSourceMiddleware'

const browser = ({ base, key }: Address): Snippet => ({
  name: 'Browser',
  before: 'Paste into the <head> of every page. The script comes from Backbeat itself.',
  text: `<script>
  (function (base, key) {
    var calls = (window.analytics = window.analytics || [])
    if (calls._writeKey) return
    // Until the script has loaded, calls wait in this list.
    '${METHODS}'.split(' ').forEach(function (method) {
      calls[method] = function () {
        calls.push([method].concat([].slice.call(arguments)))
        return calls
      }
    })
    calls._writeKey = key
    calls._cdn = base
    var script = document.createElement('script')
    script.async = true
    script.src = base + '/analytics.js/v1/' + key + '/analytics.min.js'
    document.head.appendChild(script)
  })(${quoted(base)}, ${quoted(key)})

  analytics.page()
  analytics.track('Product Added', { product_id: 'sku-1', price: 19.9, quantity: 1, currency: 'EUR' })
</script>`,
})

const npm = ({ base, host, protocol, key }: Address): Snippet => ({
  name: 'npm',
  before: 'npm install @segment/analytics-next',
  text: `import { AnalyticsBrowser } from '@segment/analytics-next'

const analytics = AnalyticsBrowser.load(
  { writeKey: ${quoted(key)}, cdnURL: ${quoted(base)} },
  {
    integrations: {
      'Segment.io': {
        apiHost: ${quoted(`${host}/v1`)},
        protocol: '${protocol}',
        deliveryStrategy: { strategy: 'batching', config: { size: 10, timeout: 1000 } },
      },
    },
  },
)

analytics.page()
analytics.track('Product Added', { product_id: 'sku-1', price: 19.9, quantity: 1, currency: 'EUR' })`,
})

const node = ({ base, key }: Address): Snippet => ({
  name: 'Node',
  before: 'npm install @segment/analytics-node',
  text: `import { Analytics } from '@segment/analytics-node'

const analytics = new Analytics({ writeKey: ${quoted(key)}, host: ${quoted(base)} })

analytics.track({
  userId: 'user-1',
  event: 'Order Completed',
  properties: { order_id: 'order-1', value: 49.9, currency: 'EUR' },
  context: { traits: { email: 'ann@example.com' }, page: { url: 'https://shop.example/thanks' } },
})
await analytics.closeAndFlush()`,
})

const python = ({ base, key }: Address): Snippet => ({
  name: 'Python',
  before: 'pip install segment-analytics-python',
  text: `import segment.analytics as analytics

analytics.write_key = ${quoted(key)}
analytics.host = ${quoted(base)}

analytics.track(
    'user-1',
    'Order Completed',
    {'order_id': 'order-1', 'value': 49.9, 'currency': 'EUR'},
    context={'traits': {'email': 'ann@example.com'}, 'page': {'url': 'https://shop.example/thanks'}},
)
analytics.shutdown()`,
})

const go = ({ base, key }: Address): Snippet => ({
  name: 'Go',
  before: 'go get github.com/segmentio/analytics-go/v3',
  text: `package main

import (
	"log"

	"github.com/segmentio/analytics-go/v3"
)

func main() {
	client, err := analytics.NewWithConfig(${JSON.stringify(key)}, analytics.Config{Endpoint: ${JSON.stringify(base)}})
	if err != nil {
		log.Fatal(err)
	}
	defer client.Close()

	err = client.Enqueue(analytics.Track{
		UserId:     "user-1",
		Event:      "Order Completed",
		Properties: analytics.NewProperties().Set("order_id", "order-1").SetValue(49.9).SetCurrency("EUR"),
		Context: &analytics.Context{
			Traits: analytics.NewTraits().SetEmail("ann@example.com"),
			Page:   analytics.PageInfo{URL: "https://shop.example/thanks"},
		},
	})
	if err != nil {
		log.Fatal(err)
	}
}`,
})

const SAMPLE = {
  userId: 'user-1',
  event: 'Order Completed',
  properties: { order_id: 'order-1', value: 49.9, currency: 'EUR' },
  context: { traits: { email: 'ann@example.com' }, page: { url: 'https://shop.example/thanks' } },
}

const shell = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`

const curl = ({ base, key }: Address): Snippet => ({
  name: 'curl',
  before: 'The write key is the user name; the password is empty.',
  text: `curl ${shell(`${base}/v1/track`)} \\
  -u ${shell(`${key}:`)} \\
  -H 'content-type: application/json' \\
  -d ${shell(JSON.stringify(SAMPLE))}`,
})

const rudder = ({ base, key }: Address): Snippet => ({
  name: 'RudderStack Node',
  before: 'npm install @rudderstack/rudder-sdk-node',
  text: `import RudderAnalytics from '@rudderstack/rudder-sdk-node'

const client = new RudderAnalytics(${quoted(key)}, { dataPlaneUrl: ${quoted(base)} })

client.track({
  userId: 'user-1',
  event: 'Order Completed',
  properties: { order_id: 'order-1', value: 49.9, currency: 'EUR' },
  context: { traits: { email: 'ann@example.com' }, page: { url: 'https://shop.example/thanks' } },
})
client.flush()`,
})
