import { Input, Skeleton } from '@mantine/core'
import { lazy, Suspense } from 'react'
import type { JsonEditorProps } from './json_editor_view.tsx'

// The editor is the largest part of the console: only the screens that edit JSON fetch it.
const View = lazy(async () => ({ default: (await import('./json_editor_view.tsx')).JsonEditorView }))

/** An editor for JSON text, with the parser's complaint below it. */
export function JsonEditor(props: JsonEditorProps) {
  const problem = jsonProblem(props.value)
  return (
    <div>
      <Suspense fallback={<Skeleton height={props.minHeight ?? 90} />}>
        <View {...props} />
      </Suspense>
      {problem && (
        <Input.Error mt={4} role="alert">
          {problem}
        </Input.Error>
      )}
    </div>
  )
}

/** Why a text is not JSON; null when it is. */
export function jsonProblem(text: string): string | null {
  try {
    JSON.parse(text)
    return null
  } catch (error) {
    return `Not JSON yet: ${(error as Error).message}`
  }
}
