import { isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml'

/** What a path leads to in a document. */
export interface Located {
  /** The value; of a path that leads further than the document, the last part that is there. */
  readonly node: Node
  /** The key it stands under; null for an item of a list. */
  readonly key: Node | null
  /** False when the document ends before the path does. */
  readonly whole: boolean
}

/** Follows a path such as `spec.mappings[2].fields.contents.@arrayPath[1]`. Keys may hold dots themselves. */
export function locate(root: Node, path: string): Located {
  let found: Located = { node: root, key: null, whole: true }
  let rest = path
  while (rest !== '') {
    const step = isSeq(found.node) ? stepIntoList(found.node.items, rest) : stepIntoMap(found.node, rest)
    if (step === null) return { ...found, whole: false }
    found = { node: step.node, key: step.key, whole: true }
    rest = step.rest
  }
  return found
}

interface Step {
  readonly node: Node
  readonly key: Node | null
  readonly rest: string
}

function stepIntoList(items: readonly unknown[], path: string): Step | null {
  const [taken, index] = /^\[(\d+)\]/.exec(path) ?? []
  const item = index === undefined ? undefined : items[Number(index)]
  return item === undefined ? null : { node: item as Node, key: null, rest: path.slice(taken!.length) }
}

function stepIntoMap(node: Node, path: string): Step | null {
  if (!isMap(node)) return null
  const rest = path.replace(/^\./, '')
  const fitting = pairsOf(node).filter(({ text }) => rest === text || /^[.[]/.test(startsAfter(rest, text) ?? ''))
  const longest = fitting.sort((a, b) => b.text.length - a.text.length)[0]
  if (longest === undefined) return null
  const { pair, text } = longest
  return { node: (pair.value ?? pair.key) as Node, key: pair.key as Node, rest: rest.slice(text.length) }
}

const startsAfter = (text: string, start: string): string | null =>
  text.startsWith(start) ? text.slice(start.length) : null

const pairsOf = (map: YAMLMap): { readonly pair: Pair; readonly text: string }[] =>
  map.items.map((pair) => ({ pair, text: isScalar(pair.key) ? String(pair.key.value) : String(pair.key) }))
