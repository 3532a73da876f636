import { layout as dagreLayout, Graph } from '@dagrejs/dagre'
import { type Relation, tellingRelations } from './relations.ts'

/** Outer size of a box, in pixels of the diagram. */
export interface Size {
  readonly width: number
  readonly height: number
}

/** Upper left corner of a box. */
export interface Position {
  readonly x: number
  readonly y: number
}

/** Every box is as wide, in pixels of the diagram. */
export const BOX_WIDTH = 264

const HEAD_HEIGHT = 56
const ROW_HEIGHT = 22
const FOOT_HEIGHT = 24

/** How high a box is that shows so many columns, and a line for the rest when there are more. */
export const boxHeight = (shown: number, hidden: number): number =>
  HEAD_HEIGHT + shown * ROW_HEIGHT + (hidden > 0 ? FOOT_HEIGHT : 0) + 6

/** Where each box stands: what is referred to on the left, what refers to it on the right. Upper left corners. */
export function positionsOf(
  sizes: ReadonlyMap<string, Size>,
  relations: readonly Relation[],
): ReadonlyMap<string, Position> {
  const telling = tellingRelations(relations)
  const blocks = blocksOf(sizes, telling)
  const blockOf = new Map(blocks.flatMap((block) => block.places.map(({ name }) => [name, block.id] as const)))
  const graph = new Graph()
  graph.setGraph({ rankdir: 'LR', nodesep: GAP, ranksep: 4 * GAP, marginx: GAP, marginy: GAP })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const { id, width, height } of blocks) graph.setNode(id, { width, height })
  for (const { from, to } of telling) graph.setEdge(blockOf.get(to)!, blockOf.get(from)!)
  dagreLayout(graph)
  return new Map(
    blocks.flatMap(({ id, width, height, places }) => {
      const { x, y } = graph.node(id) as Position
      return places.map((place) => [place.name, { x: x - width / 2 + place.x, y: y - height / 2 + place.y }] as const)
    }),
  )
}

/** Boxes that stand together and are laid out as one. */
interface Block extends Size {
  readonly id: string
  readonly places: readonly (Position & { readonly name: string })[]
}

const GAP = 26
// So many boxes below one another still fit a screen; more stand in several columns.
const COLUMN_MAX = 4

/** Tables that refer to the same one, and that nothing refers to, stand in columns: one column of them all would be endless. */
function blocksOf(sizes: ReadonlyMap<string, Size>, relations: readonly Relation[]): readonly Block[] {
  const families = new Map<string, string[]>()
  for (const name of sizes.keys()) {
    const family = familyOf(name, relations)
    families.set(family, [...(families.get(family) ?? []), name])
  }
  return [...families].map(([id, names]) => blockOf(id, names, sizes))
}

function familyOf(name: string, relations: readonly Relation[]): string {
  const targets = new Set(relations.filter(({ from }) => from === name).map(({ to }) => to))
  const isLeaf = relations.every(({ to }) => to !== name)
  return isLeaf && targets.size === 1 ? `of ${[...targets][0]}` : name
}

function blockOf(id: string, names: readonly string[], sizes: ReadonlyMap<string, Size>): Block {
  const perColumn = Math.ceil(names.length / Math.ceil(names.length / COLUMN_MAX))
  const ends: number[] = []
  const places = names.map((name, at) => {
    const column = Math.floor(at / perColumn)
    const y = ends[column] ?? 0
    ends[column] = y + sizes.get(name)!.height + GAP
    return { name, x: column * (BOX_WIDTH + GAP), y }
  })
  return { id, places, width: ends.length * (BOX_WIDTH + GAP) - GAP, height: Math.max(...ends) - GAP }
}

/** Where an arrow key leads. */
export type Direction = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown'

const AXIS: Record<Direction, readonly [along: keyof Position, across: keyof Position, sign: 1 | -1]> = {
  ArrowLeft: ['x', 'y', -1],
  ArrowRight: ['x', 'y', 1],
  ArrowUp: ['y', 'x', -1],
  ArrowDown: ['y', 'x', 1],
}

// A step aside counts as so many steps ahead, so that a key leads to what lies in its direction.
const ASIDE = 3

/** The nearest box from here in the direction of an arrow key; null at the edge. */
export function nextBox(positions: ReadonlyMap<string, Position>, from: string, direction: Direction): string | null {
  const here = positions.get(from)
  if (!here) return null
  const [along, across, sign] = AXIS[direction]
  const ahead = [...positions].flatMap(([name, there]) => {
    const distance = (there[along] - here[along]) * sign
    return distance > 1 ? [{ name, cost: distance + ASIDE * Math.abs(there[across] - here[across]) }] : []
  })
  return ahead.sort((a, b) => a.cost - b.cost)[0]?.name ?? null
}
