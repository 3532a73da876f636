import type { JsonObject } from '../../../src/server/contract.ts'

const PRODUCT = { product_id: 'sku-1', name: 'Blue mug', category: 'Kitchen', brand: 'Acme', price: 19.9, quantity: 2 }

/** An event to try a mapping on when its source has sent none: what the trigger asks for, filled with plausible values. */
export function sampleFor(when: string): JsonObject {
  const type = /\btype\s*=\s*"(\w+)"/.exec(when)?.[1] ?? 'track'
  const name = /\bevent\s*=\s*"([^"]+)"/.exec(when)?.[1]
  return {
    type,
    ...(type === 'track' ? { event: name ?? 'Order Completed' } : {}),
    messageId: 'sample-1',
    userId: 'user-1',
    timestamp: new Date().toISOString(),
    properties: { order_id: 'order-1', currency: 'EUR', value: 39.8, ...PRODUCT, products: [PRODUCT] },
    context: {
      ip: '203.0.113.7',
      userAgent: 'Mozilla/5.0 (X11; Linux x86_64)',
      locale: 'en-GB',
      page: { url: 'https://shop.example/thanks?ttclid=E.C.P.sample', referrer: 'https://www.tiktok.com/' },
      traits: { email: 'ann@example.com', phone: '+44 20 7946 0958' },
    },
  }
}
