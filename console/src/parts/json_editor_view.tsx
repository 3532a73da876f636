import { type CodeEditorProps, CodeEditorView } from './code_editor_view.tsx'
import { jsonTokens } from './json_tokens.ts'

export type JsonEditorProps = Omit<CodeEditorProps, 'tokens' | 'onSubmit'>

/** The CodeMirror side of `JsonEditor`; fetched when first shown. */
export const JsonEditorView = (props: JsonEditorProps) => <CodeEditorView {...props} tokens={jsonTokens} />
