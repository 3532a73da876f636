import { type CodeEditorProps, CodeEditorView } from '../parts/code_editor_view.tsx'
import { sqlTokens } from './sql_tokens.ts'

/** The CodeMirror side of the SQL box; fetched when first shown. */
export const SqlEditorView = (props: Omit<CodeEditorProps, 'tokens'>) => (
  <CodeEditorView {...props} tokens={sqlTokens} />
)
