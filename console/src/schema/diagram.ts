import type { Edge, Node } from '@xyflow/react'
import type { Column, ErdTable } from '../../../src/server/contract_streams.ts'
import { BOX_WIDTH, boxHeight, type Position, positionsOf } from './layout.ts'
import { matchOf, neighbourhood, type Relation, relationsOf, tellingColumns } from './relations.ts'

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

export interface Diagram {
  readonly nodes: readonly BoxNode[]
  readonly edges: readonly Edge[]
  readonly relations: readonly Relation[]
  readonly positions: ReadonlyMap<string, Position>
}

/** Where boxes stand and what they show, as long as nothing is picked. */
export interface Plan {
  readonly boxes: readonly Box[]
  readonly relations: readonly Relation[]
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
  return { boxes, relations, positions: positionsOf(sizes, relations) }
}

function boxOf(table: ErdTable, all: boolean): Box {
  const telling = tellingColumns(table.table)
  const columns = all ? table.table.columns : table.table.columns.filter(({ name }) => telling.has(name))
  return { table, columns, hidden: table.table.columns.length - columns.length }
}

export interface Picked {
  readonly table: string | null
  readonly column: string | null
  readonly relation: string | null
  readonly query: string
}

/** The plan with what is picked or searched in front, and the rest faded. */
export function diagramOf({ boxes, relations, positions }: Plan, picked: Picked): Diagram {
  const near = litTables(boxes, relations, picked)
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
  return { nodes, edges: relations.map((relation) => edgeOf(relation, picked)), relations, positions }
}

/** The tables in front: those a search finds, else the neighbours of the picked one; null when all are. */
function litTables(
  boxes: readonly Box[],
  relations: readonly Relation[],
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

function edgeOf({ id, from, to, reference }: Relation, picked: Picked): Edge {
  const isLit = id === picked.relation || (picked.relation === null && (from === picked.table || to === picked.table))
  const anything = picked.table !== null || picked.relation !== null
  return {
    id,
    source: to,
    target: from,
    sourceHandle: reference.to[0]!,
    targetHandle: reference.columns[0]!,
    ariaLabel: `${from} refers to ${to} by ${reference.columns.join(', ')}`,
    className: isLit ? 'lit' : anything ? 'faded' : '',
    zIndex: isLit ? 1 : 0,
    interactionWidth: 16,
  }
}
