import { layout as dagreLayout, Graph } from '@dagrejs/dagre'
import type { Relation } from './relations.ts'

/** Outer size of a box, in pixels of the diagram. */
export interface Size {
  readonly width: number
  readonly height: number
}

export interface Position {
  readonly x: number
  readonly y: number
}

export const BOX_WIDTH = 264
export const HEAD_HEIGHT = 56
export const ROW_HEIGHT = 22
export const FOOT_HEIGHT = 24

/** How high a box is that shows so many columns, and a line for the rest when there are more. */
export const boxHeight = (shown: number, hidden: number): number =>
  HEAD_HEIGHT + shown * ROW_HEIGHT + (hidden > 0 ? FOOT_HEIGHT : 0) + 6

/** Where each box stands: what is referred to on the left, what refers to it on the right. Upper left corners. */
export function positionsOf(
  sizes: ReadonlyMap<string, Size>,
  relations: readonly Relation[],
): ReadonlyMap<string, Position> {
  const graph = new Graph()
  graph.setGraph({ rankdir: 'LR', nodesep: 22, ranksep: 110, marginx: 20, marginy: 20 })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const [name, size] of sizes) graph.setNode(name, { ...size })
  for (const { from, to } of relations) graph.setEdge(to, from)
  dagreLayout(graph)
  return new Map(
    [...sizes].map(([name, { width, height }]) => {
      const { x, y } = graph.node(name) as Position
      return [name, { x: x - width / 2, y: y - height / 2 }]
    }),
  )
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
