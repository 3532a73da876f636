import { useState } from 'react'
import type { Json } from '../../../src/server/contract.ts'
import { JsonEditor } from '../parts/json_editor.tsx'

interface JsonFieldProps {
  readonly value: Json
  readonly label: string
  readonly onChange: (value: Json) => void
}

/** A value edited as JSON text; told on only while the text is JSON. */
export function JsonField({ value, label, onChange }: JsonFieldProps) {
  const [text, setText] = useState(() => JSON.stringify(value, null, 2))
  const change = (next: string) => {
    setText(next)
    try {
      onChange(JSON.parse(next) as Json)
    } catch {
      // Half-typed JSON is said below the editor; the last whole value stays in force.
    }
  }
  return <JsonEditor value={text} onChange={change} label={label} minHeight={70} />
}
