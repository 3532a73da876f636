/** An element with attributes and children; a function as `onclick` and the like is listened with. Text is never markup. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(name.slice(2), value)
    else if (value !== false && value !== null) made.setAttribute(name, value === true ? '' : value)
  }
  made.append(...children.flat().filter((child) => child !== null))
  return made
}

/** The picture of a product; its name stands beside it, so it is hidden from readers. */
export function picture(product) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use')
  use.setAttribute('href', `#picture-${product.picture}`)
  svg.setAttribute('class', 'picture')
  svg.setAttribute('aria-hidden', 'true')
  svg.append(use)
  return svg
}
