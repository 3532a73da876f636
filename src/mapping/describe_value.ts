import { isObject, type Json } from '../core/json.ts'

const LENGTH_MAX = 120 // characters, one line of a trace

/** How a value of a mapping is made, on one short line: `@path $.messageId`, `"product"`. */
export function describeValue(value: Json): string {
  const name = isObject(value) ? Object.keys(value).find((key) => key.startsWith('@')) : undefined
  return cut(
    name === undefined ? JSON.stringify(value) : `${name} ${describeOption((value as { [key: string]: Json })[name]!)}`,
  )
}

function describeOption(option: Json): string {
  if (typeof option === 'string') return option
  const isPlain = Array.isArray(option) && option.every((item) => typeof item === 'string')
  return isPlain ? option.join(', ') : JSON.stringify(option)
}

const cut = (text: string): string => (text.length > LENGTH_MAX ? `${text.slice(0, LENGTH_MAX - 1)}…` : text)
