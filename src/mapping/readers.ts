import type { Json } from '../core/json.ts'
import { printKeys } from './path.ts'

/** A root (the event, or an item of a list), and behind it the objects inside it that a mapping reads from. */
export type Scope = readonly [root: Json, ...holders: (Json | undefined)[]]

/** Gives one value for a scope; `undefined` when it is absent. */
export type Resolve = (scope: Scope) => Json | undefined

/**
 * The readers of one root. Most paths of a mapping share their beginning (`$.context.traits.…`), so each such object is
 * looked up once per event and put into the scope; a path then costs a single lookup. Filled while compiling.
 */
export class Readers {
  /** How each holder is found: `key` of the holder that stands at `from`. */
  private readonly holders: { readonly from: number; readonly key: string }[] = []
  private readonly positions = new Map<string, number>([['', 0]])

  /** A reader for the value at these keys. */
  readerOf(keys: readonly string[]): Resolve {
    const key = keys.at(-1)
    if (key === undefined) return (scope) => scope[0]
    const from = this.position(keys.slice(0, -1))
    return (scope) => own(scope[from], key)
  }

  /** Turns what was compiled with these readers into a function of the root. */
  bind<Value>(resolve: (scope: Scope) => Value): (root: Json) => Value {
    const { holders } = this
    return (root) => {
      const scope: [Json, ...(Json | undefined)[]] = [root]
      for (const { from, key } of holders) scope.push(own(scope[from], key))
      return resolve(scope)
    }
  }

  /** Where in the scope the object at these keys stands. */
  private position(keys: readonly string[]): number {
    const path = printKeys(keys)
    const known = this.positions.get(path)
    if (known !== undefined) return known
    const from = this.position(keys.slice(0, -1))
    const position = this.holders.push({ from, key: keys.at(-1)! })
    this.positions.set(path, position)
    return position
  }
}

/** The value at these keys, for a path that is known only now. */
export function readAt(root: Json, keys: readonly string[]): Json | undefined {
  return keys.reduce<Json | undefined>(own, root)
}

/**
 * A property of the object itself: nothing of the prototype chain can come out, whatever the event calls its keys. Text
 * and numbers have none; a list has its items and `length`.
 */
function own(holder: Json | undefined, key: string): Json | undefined {
  if (typeof holder !== 'object' || holder === null) return undefined
  return Object.hasOwn(holder, key) ? (holder as { [key: string]: Json })[key] : undefined
}
