import { EditorState, type Range } from '@codemirror/state'
import {
  Decoration,
  type DecorationSet,
  EditorView,
  keymap,
  lineNumbers,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view'
import { useEffect, useRef } from 'react'
import styles from './code.module.css'
import { undoable } from './editor_undo.ts'

/** A run of text of one kind, for colouring; joined again the runs are the text. */
export interface Token {
  readonly kind: 'key' | 'string' | 'word' | 'plain'
  readonly text: string
}

/** What every editor for code is given. */
export interface CodeEditorProps {
  readonly value: string
  readonly onChange: (text: string) => void
  readonly label: string
  readonly minHeight?: number
  readonly maxHeight?: number
  /** Cuts a text into coloured runs; always the same function. */
  readonly tokens: (text: string) => readonly Token[]
  /** Called by Mod-Enter. */
  readonly onSubmit?: () => void
}

/** An editor for code; brings CodeMirror with it, so it is only imported by views that are fetched when first shown. */
export function CodeEditorView(props: CodeEditorProps) {
  const { value, onChange, label, minHeight = 90, maxHeight = 460, tokens, onSubmit } = props
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(null)
  const changed = useRef(onChange)
  changed.current = onChange
  const submitted = useRef(onSubmit)
  submitted.current = onSubmit

  // biome-ignore lint/correctness/useExhaustiveDependencies: the editor is made once; later values are put in below
  useEffect(() => {
    const told = EditorView.updateListener.of((update) => {
      if (update.docChanged) changed.current(update.state.doc.toString())
    })
    const state = EditorState.create({
      doc: value,
      extensions: [submitKey(submitted), ...extensions(label, tokens), told],
    })
    view.current = new EditorView({ state, parent: host.current! })
    return () => view.current?.destroy()
  }, [label, tokens])

  useEffect(() => {
    const editor = view.current
    if (!editor || editor.state.doc.toString() === value) return
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } })
  }, [value])

  return <div ref={host} className={styles['frame']} style={{ minHeight, maxHeight, overflow: 'auto' }} />
}

const submitKey = (submitted: { readonly current: (() => void) | undefined }) =>
  keymap.of([
    {
      key: 'Mod-Enter',
      run() {
        submitted.current?.()
        return submitted.current !== undefined
      },
    },
  ])

const extensions = (label: string, tokens: CodeEditorProps['tokens']) => [
  lineNumbers(),
  undoable(),
  keymap.of([{ key: 'Enter', run: breakLine }]),
  EditorView.lineWrapping,
  EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false' }),
  EditorState.tabSize.of(2),
  coloursOf(tokens),
  EditorView.theme({
    '&': { fontSize: '12px', background: 'transparent' },
    // The frame around it shows the focus, over its whole height.
    '&.cm-focused': { outline: 'none' },
    '.cm-content': {
      fontFamily: 'var(--mantine-font-family-monospace)',
      caretColor: 'currentColor',
      lineHeight: '1.55',
    },
    '.cm-gutters': { background: 'transparent', border: '0', color: 'var(--muted)' },
  }),
]

/** Enter keeps the indentation of the line it breaks. */
function breakLine(view: EditorView): boolean {
  const line = view.state.doc.lineAt(view.state.selection.main.head)
  const indentation = /^ */.exec(line.text)![0]
  view.dispatch(view.state.replaceSelection(`\n${indentation}`), { scrollIntoView: true, userEvent: 'input' })
  return true
}

const coloursOf = (tokens: CodeEditorProps['tokens']) =>
  ViewPlugin.fromClass(
    class {
      decorations: DecorationSet
      constructor(view: EditorView) {
        this.decorations = coloured(view, tokens)
      }
      update(update: ViewUpdate) {
        if (update.docChanged) this.decorations = coloured(update.view, tokens)
      }
    },
    { decorations: (plugin) => plugin.decorations },
  )

// The whole text is coloured anew after each change: an event, a directive or a query is a few kilobytes.
function coloured(view: EditorView, tokens: CodeEditorProps['tokens']): DecorationSet {
  let position = 0
  const marks: Range<Decoration>[] = []
  for (const token of tokens(view.state.doc.toString())) {
    const end = position + token.text.length
    if (token.kind !== 'plain') marks.push(Decoration.mark({ class: styles[token.kind]! }).range(position, end))
    position = end
  }
  return Decoration.set(marks)
}
