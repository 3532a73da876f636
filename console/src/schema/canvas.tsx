import '@xyflow/react/dist/style.css'
import { useComputedColorScheme } from '@mantine/core'
import { useReducedMotion } from '@mantine/hooks'
import {
  Background,
  BackgroundVariant,
  Controls,
  MiniMap,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStore,
} from '@xyflow/react'
import { type KeyboardEvent, type MouseEvent, useEffect, useMemo, useRef, useState } from 'react'
import type { ErdTable } from '../../../src/server/contract_streams.ts'
import { Box, IsDrawn } from './box.tsx'
import styles from './diagram.module.css'
import { type BoxNode, diagramOf, frontTables, NOTHING_PICKED, type Picked, type Plan, planOf } from './diagram.ts'
import { type Direction, nextBox } from './layout.ts'
import { ExportPicture } from './picture.tsx'

const NODE_TYPES = { box: Box }
const PAN_MS = 250
const ZOOM_MIN = 0.08

const MAP_COLOUR: Record<ErdTable['table']['group'], string> = {
  entity: 'var(--mantine-primary-color-filled)',
  report: 'var(--good)',
  breakdown: 'var(--busy)',
  custom: 'var(--late)',
}

interface CanvasProps {
  readonly tables: readonly ErdTable[]
  readonly allColumns: boolean
  readonly picked: Picked
  readonly onPick: (table: string | null, column?: string | null) => void
  readonly onRelation: (id: string) => void
  /** Moves the reader on to what is told of the picked table. */
  readonly onOpen: () => void
}

/** The diagram itself; fetched with its library when first shown. */
export function Canvas(props: CanvasProps) {
  return (
    <ReactFlowProvider>
      <Diagram {...props} />
    </ReactFlowProvider>
  )
}

function Diagram({ tables, allColumns, picked, onPick, onRelation, onOpen }: CanvasProps) {
  const scheme = useComputedColorScheme('light')
  const plan = useMemo(() => planOf(tables, allColumns), [tables, allColumns])
  const [isDrawn, setDrawn] = useState(false)
  const shown = isDrawn ? NOTHING_PICKED : picked
  const { nodes, edges, positions } = useMemo(() => diagramOf(plan, shown), [plan, shown])
  const host = useRef<HTMLElement>(null)
  useInView(plan, picked)

  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && picked.table) return onOpen()
    if (event.key === 'Escape') return onPick(null)
    if (!event.key.startsWith('Arrow')) return
    event.preventDefault()
    const from = picked.table ?? nodes[0]?.id
    if (!from) return
    onPick(picked.table === null ? from : (nextBox(positions, from, event.key as Direction) ?? from))
  }
  const onNode = (event: MouseEvent, node: BoxNode) => {
    const column = (event.target as HTMLElement).closest<HTMLElement>('[data-column]')?.dataset['column'] ?? null
    onPick(node.id, column)
  }
  return (
    <section
      ref={host}
      className={styles['canvas']}
      aria-label="Diagram: arrows go from table to table, Enter tells of one, Escape lets go; the list tells the same in words"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the diagram is walked through by keyboard
      tabIndex={0}
      onKeyDown={onKey}
    >
      <IsDrawn value={isDrawn}>
        <ReactFlow
          nodes={[...nodes]}
          edges={[...edges]}
          nodeTypes={NODE_TYPES}
          colorMode={scheme}
          minZoom={ZOOM_MIN}
          fitView
          fitViewOptions={{ padding: 0.08 }}
          nodesDraggable={false}
          nodesConnectable={false}
          nodesFocusable={false}
          edgesFocusable={false}
          disableKeyboardA11y
          deleteKeyCode={null}
          onNodeClick={onNode}
          onEdgeClick={(_, edge) => onRelation(edge.id)}
          onPaneClick={() => onPick(null)}
        >
          <Background variant={BackgroundVariant.Dots} gap={18} />
          <Controls showInteractive={false} />
          <MiniMap<BoxNode>
            pannable
            zoomable
            ariaLabel="Overview"
            style={{ width: 150, height: 100 }}
            nodeColor={({ data }) => (data.isFaded ? 'var(--line)' : MAP_COLOUR[data.table.table.group])}
          />
          <ExportPicture host={host} isDrawn={isDrawn} onDraw={setDrawn} />
        </ReactFlow>
      </IsDrawn>
    </section>
  )
}

/** Brings what is in front into view, and all of it when nothing is; again when the room for it changes. */
function useInView(plan: Plan, picked: Picked): void {
  const { fitView } = useReactFlow()
  const still = useReducedMotion()
  const width = useStore((store) => store.width)
  const names = [...(frontTables(plan, picked) ?? [])].join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: other tables and another width are what it waits for
  useEffect(() => {
    if (width === 0) return
    const nodes = names === '' ? {} : { nodes: names.split(',').map((id) => ({ id })) }
    void fitView({ ...nodes, padding: 0.08, maxZoom: 1, duration: still ? 0 : PAN_MS })
  }, [plan, names, width, fitView, still])
}
