import { openBackstage, tell } from './backstage.js'
import { element } from './dom.js'
import * as purse from './purse.js'
import * as tracking from './tracking.js'
import * as views from './views.js'

const products = await (await fetch('/products.json')).json()
const isBatching = new URLSearchParams(location.search).get('batching') === '1'

/** An address inside the shop, in the same way of sending. */
const inShop = (path) => (isBatching ? `${path}${path.includes('?') ? '&' : '?'}batching=1` : path)

function go(path) {
  history.pushState(null, '', inShop(path))
  show()
}

/** Shows the page of the address, and says that it was opened. */
function show() {
  const { name, track } = draw()
  window.scrollTo(0, 0)
  tracking.page(name)
  track?.()
}

function draw() {
  const page = pageAt(new URL(location.href))
  document.getElementById('view').replaceChildren(...page.view())
  document.getElementById('query').value = new URLSearchParams(location.search).get('q') ?? ''
  refreshCart()
  return page
}

function pageAt({ pathname, searchParams }) {
  const product = products.find((one) => views.pathOf(one) === pathname)
  if (product)
    return {
      name: 'Product',
      view: () => views.productView({ product, onAdd, onWish: tracking.wished }),
      track: () => tracking.viewed(product),
    }
  switch (pathname) {
    case '/':
      return {
        name: 'Home',
        view: () => views.productsView({ title: 'For the second and the fourth beat', products, onOpen, onAdd }),
      }
    case '/search':
      return searchPage(searchParams.get('q') ?? '')
    case '/cart':
      return { name: 'Cart', view: cartView, track: () => tracking.cartViewed(lines()) }
    case '/checkout':
      return checkoutPage()
    case '/thanks':
      return { name: 'Thanks', view: () => views.thanksView({ order: purse.lastOrder(), onRefund: tracking.refunded }) }
    default:
      return { name: 'Missing', view: views.missingView }
  }
}

function searchPage(query) {
  const found = products.filter((product) =>
    Object.values(product).join(' ').toLowerCase().includes(query.toLowerCase()),
  )
  const view = () => views.productsView({ title: `“${query}”`, products: found, onOpen, onAdd })
  return { name: 'Search', view, track: () => tracking.searched(query) }
}

const lines = () => tracking.linesOf(products)
const orderNow = () => tracking.orderOf(lines(), `web-${Date.now().toString(36)}`)
const inWords = ({ total }) => purse.money(Math.round(total * 100))

function cartView() {
  const checkoutLink = link('/checkout', 'Go to checkout', 'button main')
  return views.cartView({ lines: lines(), total: purse.money(orderNow().subtotal * 100), onRemove, checkoutLink })
}

function checkoutPage() {
  if (purse.cartCount() === 0) return { name: 'Cart', view: cartView }
  const order = orderNow()
  const onOrder = (typed) => placeOrder(order, typed)
  return {
    name: 'Checkout',
    view: () => views.checkoutView({ total: inWords(order), onOrder }),
    track: () => tracking.checkoutStarted(order),
  }
}

function placeOrder(order, { city, postalCode, account, ...person }) {
  const traits = { ...person, address: { city, postalCode, country: 'US' } }
  purse.setBuyer(traits)
  tracking.ordered(order, traits, account === 'on')
  purse.setLastOrder(order)
  purse.emptyCart()
  go('/thanks')
}

function onOpen(product) {
  tracking.clicked(product)
  go(views.pathOf(product))
}

function onAdd(product) {
  purse.changeCart(product.sku, 1)
  tracking.added(product)
  refreshCart()
}

function onRemove(product) {
  purse.changeCart(product.sku, -(purse.cart()[product.sku] ?? 0))
  tracking.removed(product)
  go('/cart')
}

function link(path, label, style) {
  return element('a', { href: inShop(path), class: style, 'data-link': true }, label)
}

function refreshCart() {
  document.getElementById('cart').textContent = `Cart (${purse.cartCount()})`
}

/** A click on an ad: a new page load, with a click id as TikTok appends it. */
function landFromAd() {
  const random = crypto.getRandomValues(new Uint8Array(90))
  const ttclid = `E.C.P.${btoa(String.fromCharCode(...random)).replace(/[+/]/g, 'x')}`
  const campaign = { utm_source: 'tiktok', utm_medium: 'paid', utm_campaign: 'sample' }
  location.href = inShop(`/?${new URLSearchParams({ ...campaign, ttclid })}`)
}

function listen() {
  document.addEventListener('click', (event) => {
    const target = event.target.closest('a[data-link]')
    if (!target || event.metaKey || event.ctrlKey) return
    event.preventDefault()
    go(new URL(target.href).pathname)
  })
  document.getElementById('search').addEventListener('submit', (event) => {
    event.preventDefault()
    go(`/search?${new URLSearchParams({ q: document.getElementById('query').value })}`)
  })
  window.addEventListener('popstate', show)
}

function offerCurrencies() {
  const select = document.getElementById('currency')
  select.append(...Object.keys(purse.RATES).map((code) => element('option', { value: code }, code)))
  select.value = purse.currency()
  select.addEventListener('change', () => {
    purse.setCurrency(select.value)
    draw()
  })
}

openBackstage({
  clickId: purse.clickId(),
  consent: purse.allowsAdvertising(),
  onConsent: purse.setAllowsAdvertising,
  batching: isBatching,
  onBatching: (on) => location.assign(on ? '/?batching=1' : '/'),
  onAd: landFromAd,
})
tracking.watchCalls(tell)
offerCurrencies()
listen()
show()
