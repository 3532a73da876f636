import type { Edge, Node } from '@xyflow/react'
import type { Column, ErdTable } from '../../../src/server/contract_streams.ts'
import { BOX_WIDTH, boxHeight, type Position, positionsOf } from './layout.ts'
import { matchOf, neighbourhood, type Relation, relationsOf, tellingColumns, tellingRelations } from './relations.ts'

/** What a box draws. */
export type BoxNode = Node<
  {
    readonly table: ErdTable
    readonly columns: readonly Column[]
    readonly hidden: number
    readonly matches: ReadonlySet<string>
    readonly isPicked: boolean
    readonly isFaded: boolean
    readonly pickedColumn: string | null
  },
  'box'
>

/** What the drawing library is given. */
export interface Diagram {
  readonly nodes: readonly BoxNode[]
  readonly edges: readonly Edge[]
  readonly positions: ReadonlyMap<string, Position>
}

/** Where boxes stand and what they show, as long as nothing is picked. */
export interface Plan {
  readonly boxes: readonly Box[]
  readonly relations: readonly Relation[]
  /** Ids of those that no other relation implies. */
  readonly telling: ReadonlySet<string>
  readonly positions: ReadonlyMap<string, Position>
}

interface Box {
  readonly table: ErdTable
  readonly columns: readonly Column[]
  readonly hidden: number
}

/** Lays the tables out; `all` shows every column, else keys and what relations go by. */
export function planOf(tables: readonly ErdTable[], all: boolean): Plan {
  const boxes = tables.map((table) => boxOf(table, all))
  const relations = relationsOf(tables)
  const sizes = new Map(
    boxes.map(({ table, columns, hidden }) => [
      table.table.name,
      { width: BOX_WIDTH, height: boxHeight(columns.length, hidden) },
    ]),
  )
  const telling = new Set(tellingRelations(relations).map(({ id }) => id))
  return { boxes, relations, telling, positions: positionsOf(sizes, relations) }
}

function boxOf(table: ErdTable, all: boolean): Box {
  const telling = tellingColumns(table.table)
  const columns = all ? table.table.columns : table.table.columns.filter(({ name }) => telling.has(name))
  return { table, columns, hidden: table.table.columns.length - columns.length }
}

/** What a person has picked or searched. */
export interface Picked {
  readonly table: string | null
  readonly column: string | null
  readonly relation: string | null
  readonly query: string
}

/** Nothing is in front. */
export const NOTHING_PICKED: Picked = { table: null, column: null, relation: null, query: '' }

/** The plan with what is picked or searched in front, and the rest faded. */
export function diagramOf(plan: Plan, picked: Picked): Diagram {
  const { boxes, relations, telling, positions } = plan
  const near = frontTables(plan, picked)
  const nodes = boxes.map(({ table, columns, hidden }): BoxNode => {
    const { name } = table.table
    return {
      id: name,
      type: 'box',
      position: positions.get(name)!,
      width: BOX_WIDTH,
      height: boxHeight(columns.length, hidden),
      data: {
        table,
        columns,
        hidden,
        matches: new Set(matchOf(table.table, picked.query).columns),
        isPicked: name === picked.table,
        isFaded: near !== null && !near.has(name),
        pickedColumn: name === picked.table ? picked.column : null,
      },
    }
  })
  const edges = relations.map((relation) => edgeOf(relation, picked, telling.has(relation.id)))
  return { nodes, edges, positions }
}

/** The tables in front: those a search finds, else the neighbours of the picked one; null when all are. */
export function frontTables(
  { boxes, relations }: Plan,
  { table, relation, query }: Picked,
): ReadonlySet<string> | null {
  if (query.trim() !== '') {
    const found = boxes.filter((box) => {
      const match = matchOf(box.table.table, query)
      return match.table || match.columns.length > 0
    })
    return new Set(found.map((box) => box.table.table.name))
  }
  const chosen = relations.find(({ id }) => id === relation)
  if (chosen) return new Set([chosen.from, chosen.to])
  return table === null ? null : neighbourhood(table, relations)
}

// Written into each line, since a picture of the diagram takes only what stands there.
const PLAIN = { stroke: 'var(--off)', strokeWidth: 1.2 }
const LIT = { stroke: 'var(--mantine-primary-color-filled)', strokeWidth: 2.2 }
const FADED = { ...PLAIN, opacity: 0.25 }

function edgeOf({ id, from, to, reference }: Relation, picked: Picked, isTelling: boolean): Edge {
  const isLit = id === picked.relation || (picked.relation === null && (from === picked.table || to === picked.table))
  const anything = picked.table !== null || picked.relation !== null
  return {
    id,
    source: to,
    target: from,
    sourceHandle: reference.to[0]!,
    targetHandle: reference.columns[0]!,
    ariaLabel: `${from} refers to ${to} by ${reference.columns.join(', ')}`,
    style: isLit ? LIT : anything || !isTelling ? FADED : PLAIN,
    interactionWidth: 16,
  }
}
