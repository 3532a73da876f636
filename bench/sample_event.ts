/** An order of about 1 KB, as a browser sends it, with an id that can be written over in place. */
export const ID_PLACE = 'ajs-next-0000000000000000-00000000-0000-4000-8000'

export function sampleEvent(messageId: string): object {
  return {
    type: 'track',
    event: 'Order Completed',
    messageId,
    userId: 'user-4711',
    anonymousId: '9b1c2f6e-6a3c-4b0e-8f9a-2f1f5c1d7e21',
    timestamp: '2026-11-21T12:00:00.000Z',
    context: {
      ip: '203.0.113.9',
      locale: 'en-US',
      userAgent:
        'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
      library: { name: 'analytics.js', version: 'npm:next-1.84.3' },
      page: {
        url: 'https://shop.example/checkout/thanks?ttclid=E.C.P.CtsBZ2Vu',
        path: '/checkout/thanks',
        referrer: 'https://shop.example/checkout',
        title: 'Thank you',
      },
    },
    properties: {
      order_id: 'o-100234',
      revenue: 64.5,
      currency: 'USD',
      email: 'Ann.Example@Shop.example',
      phone: '+1 213 373 4253',
      products: [
        { product_id: 'p-1', name: 'Mug', category: 'Kitchen', brand: 'Acme', price: 12.25, quantity: 2 },
        { product_id: 'p-2', name: 'Kettle', category: 'Kitchen', brand: 'Acme', price: 40, quantity: 1 },
      ],
    },
  }
}
