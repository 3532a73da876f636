import { element, picture } from './dom.js'
import { money, priceOf } from './purse.js'

/** The pages of the shop. Each takes what it shows and what to do when something is pressed. */

const button = (label, onclick, more = {}) => element('button', { type: 'button', onclick, ...more }, label)

export const pathOf = ({ sku }) => `/products/${sku.toLowerCase()}`

export function productsView({ title, products, onOpen, onAdd }) {
  const cards = products.map((product) => card(product, onOpen, onAdd))
  const found = cards.length > 0 ? element('ul', { class: 'grid' }, cards) : element('p', {}, 'Nothing found.')
  return [element('h1', {}, title), found]
}

function card(product, onOpen, onAdd) {
  const open = (event) => {
    event.preventDefault()
    onOpen(product)
  }
  return element(
    'li',
    { class: 'card' },
    element('a', { href: pathOf(product), onclick: open }, picture(product), element('span', {}, product.name)),
    element('p', { class: 'about' }, product.about),
    element(
      'div',
      { class: 'buy' },
      element('strong', {}, money(priceOf(product))),
      button('Add to cart', () => onAdd(product), { 'aria-label': `Add ${product.name} to cart` }),
    ),
  )
}

export function productView({ product, onAdd, onWish }) {
  return [
    element(
      'article',
      { class: 'product' },
      picture(product),
      element(
        'div',
        {},
        element('p', { class: 'about' }, `${product.category} · ${product.brand}`),
        element('h1', {}, product.name),
        element('p', {}, `${product.about} ${product.variant}.`),
        element('p', { class: 'price' }, money(priceOf(product))),
        button('Add to cart', () => onAdd(product), { class: 'main' }),
        button('Add to wishlist', () => onWish(product), { class: 'quiet' }),
      ),
    ),
  ]
}

export function cartView({ lines, total, onRemove, checkoutLink }) {
  if (lines.length === 0) return [element('h1', {}, 'Your cart'), element('p', {}, 'It is empty.')]
  return [element('h1', {}, 'Your cart'), linesTable(lines, total, onRemove), checkoutLink]
}

function linesTable(lines, total, onRemove) {
  const rows = lines.map(({ product, quantity }) =>
    element(
      'tr',
      {},
      element('td', {}, `${quantity} × ${product.name}`),
      element('td', { class: 'number' }, money(priceOf(product) * quantity)),
      element(
        'td',
        {},
        button('Remove', () => onRemove(product), { class: 'quiet', 'aria-label': `Remove ${product.name} from cart` }),
      ),
    ),
  )
  const foot = element(
    'tr',
    {},
    element('th', { scope: 'row' }, 'Total'),
    element('td', { class: 'number' }, total),
    element('td'),
  )
  return element('table', {}, element('tbody', {}, rows), element('tfoot', {}, foot))
}

const FIELDS = [
  ['email', 'E-mail', ' Ann.Lee@Example.com '],
  ['phone', 'Phone', '(202) 555-0143'],
  ['firstName', 'First name', 'Ann'],
  ['lastName', 'Last name', 'Lee'],
  ['city', 'City', 'Austin'],
  ['postalCode', 'Postal code', '78701'],
]

/** What was typed goes to Backbeat as it is: bringing it into TikTok's form, and hashing it, is Backbeat's work. */
export function checkoutView({ total, onOrder }) {
  const submit = (event) => {
    event.preventDefault()
    onOrder(Object.fromEntries(new FormData(event.target)))
  }
  const inputs = FIELDS.map(([name, label, value]) =>
    element('label', {}, label, element('input', { name, value, required: name === 'email', autocomplete: 'off' })),
  )
  return [
    element('h1', {}, 'Checkout'),
    element('p', { class: 'about' }, 'Type it as badly as people do. Backbeat tidies and hashes it before it leaves.'),
    element(
      'form',
      { class: 'checkout', onsubmit: submit, 'aria-label': 'Checkout' },
      inputs,
      element(
        'label',
        { class: 'tick' },
        element('input', { type: 'checkbox', name: 'account' }),
        ' Create an account',
      ),
      element('button', { type: 'submit', class: 'main' }, `Place order, ${total}`),
    ),
  ]
}

export function thanksView({ order, onRefund }) {
  if (order === null) return [element('h1', {}, 'No order yet')]
  return [
    element('h1', {}, 'Thank you'),
    element('p', {}, `Order ${order.order_id} is on its way, as far as a sample can be.`),
    button('Return the order', () => onRefund(order), { class: 'quiet' }),
  ]
}

export const missingView = () => [element('h1', {}, 'There is no such page')]
