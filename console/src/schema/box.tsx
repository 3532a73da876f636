import { Handle, type NodeProps, Position, useStore } from '@xyflow/react'
import { createContext, Fragment, useContext } from 'react'
import { briefCount, count } from '../parts/amounts.ts'
import { TimeAgo } from '../parts/time_ago.tsx'
import styles from './diagram.module.css'
import type { BoxNode } from './diagram.ts'
import { GROUP_ICON, GROUP_TITLE } from './words.ts'

// Below it the letters of a box cannot be read, and only its name is shown, large.
const READABLE_ZOOM = 0.55

/** True while a picture is made, which shows every box in full, however far away it is on the screen. */
export const IsDrawn = createContext(false)

/** One table of the diagram: its name, how much it holds and how fresh, its keys and relations. */
export function Box({ data }: NodeProps<BoxNode>) {
  const { table, columns, hidden, matches, isPicked, isFaded, pickedColumn } = data
  const { name, group, key } = table.table
  const Icon = GROUP_ICON[group]
  const isDrawn = useContext(IsDrawn)
  const isFar = useStore(({ transform }) => transform[2] < READABLE_ZOOM) && !isDrawn
  const references = new Set(table.table.references.flatMap((reference) => reference.columns))
  return (
    <div
      className={styles['box']}
      data-group={group}
      data-picked={isPicked || undefined}
      data-faded={isFaded || undefined}
      data-off={!table.isOn || undefined}
      data-far={isFar || undefined}
    >
      {isFar && (
        <div className={styles['farName']} aria-hidden>
          <span>
            {parts(name)}
            <span className={styles['farFact']}>{farFact(data)}</span>
          </span>
        </div>
      )}
      <div className={styles['head']}>
        <Icon size={15} aria-label={GROUP_TITLE[group]} />
        <div className={styles['title']}>
          <span className={styles['name']} title={name}>
            {name}
          </span>
          <span className={styles['facts']}>
            {!table.isOn && 'off'}
            {table.isOn && table.rows === null && 'not filled yet'}
            {table.rows !== null && (
              <span title={`${count(table.rows)} rows`}>
                {briefCount(table.rows)} rows · <TimeAgo at={table.syncedAt} />
              </span>
            )}
          </span>
        </div>
      </div>
      {columns.map((column) => (
        <div
          key={column.name}
          className={styles['column']}
          data-column={column.name}
          data-match={matches.has(column.name) || undefined}
          data-picked={pickedColumn === column.name || undefined}
        >
          <Handle type="target" position={Position.Left} id={column.name} className={styles['handle']!} />
          <span className={styles['mark']}>{markOf(key.includes(column.name), references.has(column.name))}</span>
          <span className={styles['columnName']}>{column.name}</span>
          <span className={styles['type']}>{column.type}</span>
          <Handle type="source" position={Position.Right} id={column.name} className={styles['handle']!} />
        </div>
      ))}
      {hidden > 0 && (
        <div className={styles['foot']} data-match={hiddenMatches(data) > 0 || undefined}>
          {hiddenMatches(data) > 0
            ? `${hiddenMatches(data)} of ${hidden} more columns match`
            : `+ ${hidden} more columns`}
        </div>
      )}
    </div>
  )
}

/** What is told beside the name from afar: what a search found, else how much it holds. */
function farFact({ matches, table }: BoxNode['data']): string {
  if (matches.size > 0) return `${matches.size} ${matches.size === 1 ? 'column' : 'columns'}`
  if (!table.isOn) return 'off'
  return table.rows === null ? '' : `${briefCount(table.rows)} rows`
}

/** A name that may be broken after its underscores. */
const parts = (name: string) =>
  name.split(/(?<=_)/).map((part, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a name have no other name
    <Fragment key={at}>
      {part}
      <wbr />
    </Fragment>
  ))

const markOf = (isKey: boolean, isReference: boolean): string => {
  if (isKey && isReference) return 'PK FK'
  if (isKey) return 'PK'
  return isReference ? 'FK' : ''
}

const hiddenMatches = ({ matches, columns }: BoxNode['data']): number =>
  [...matches].filter((name) => !columns.some((column) => column.name === name)).length
