import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'
import { atEnd } from './at_end.ts'

/** Starts an HTTP server on a free port that ends with the test; gives its address. */
export async function listen(t: TestContext, answer: RequestListener): Promise<string> {
  const server: Server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  atEnd(t, () => {
    const closed = new Promise((resolve) => server.close(resolve))
    server.closeAllConnections()
    return closed
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** A web site with these pages, by path. Its port makes it another origin than the server's. */
export function openSite(t: TestContext, pages: Readonly<Record<string, string>>): Promise<string> {
  return listen(t, (request, response) => {
    const page = pages[new URL(request.url!, 'http://site').pathname]
    response.writeHead(page === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' })
    response.end(page ?? '')
  })
}

/** A page with this in its head. */
export const aPage = (title: string, head: string, body = ''): string =>
  `<!doctype html><html lang="en"><head><title>${title}</title><link rel="icon" href="data:,">${head}</head><body><h1>${title}</h1>${body}</body></html>`

/** Calls of the page snippet, kept until the library has loaded, in the form Segment documents for its own snippet. */
export function snippet(base: string, writeKey: string, loadOptions: object = {}): string {
  return `<script>
    (() => {
      const calls = (window.analytics = window.analytics || [])
      const withPage = ['track', 'screen', 'alias', 'group', 'page', 'identify']
      const others = ['trackSubmit', 'trackClick', 'trackLink', 'trackForm', 'pageview', 'reset', 'ready', 'debug', 'on',
        'once', 'off', 'addSourceMiddleware', 'addIntegrationMiddleware', 'setAnonymousId', 'addDestinationMiddleware', 'register']
      const pageNow = () => ({ __t: 'bpc', p: location.pathname, u: location.href, s: location.search, t: document.title, r: document.referrer })
      for (const method of [...withPage, ...others]) {
        calls[method] = (...given) => {
          calls.push([method, ...given, ...(withPage.includes(method) ? [pageNow()] : [])])
          return calls
        }
      }
      calls.load = (key, options) => {
        const script = document.createElement('script')
        script.async = true
        script.setAttribute('data-global-segment-analytics-key', 'analytics')
        script.src = ${JSON.stringify(base)} + '/analytics.js/v1/' + key + '/analytics.min.js'
        document.head.append(script)
        calls._loadOptions = options
      }
      calls._writeKey = ${JSON.stringify(writeKey)}
      // The library finds the host of its script by itself only where that is https.
      calls._cdn = ${JSON.stringify(base)}
      calls.SNIPPET_VERSION = '5.2.1'
      calls.load(${JSON.stringify(writeKey)}, ${JSON.stringify(loadOptions)})
    })()
  </script>`
}
