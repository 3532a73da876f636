import { Annotation, type Extension, type Text } from '@codemirror/state'
import { EditorView, keymap } from '@codemirror/view'

// Changes closer together than this are undone in one step.
const STEP_MS = 400

const restored = Annotation.define<boolean>()

/** Undo and redo for one editor, on the usual keys. */
export function undoable(): Extension {
  const past: Text[] = []
  const future: Text[] = []
  let steppedAt = 0

  const restore = (from: Text[], to: Text[]) => (view: EditorView) => {
    const doc = from.pop()
    if (!doc) return false
    to.push(view.state.doc)
    const changes = { from: 0, to: view.state.doc.length, insert: doc }
    view.dispatch({ changes, annotations: restored.of(true) })
    return true
  }

  const remember = EditorView.updateListener.of((update) => {
    if (!update.docChanged || update.transactions.some((change) => change.annotation(restored))) return
    future.length = 0
    const now = Date.now()
    if (now - steppedAt > STEP_MS) past.push(update.startState.doc)
    steppedAt = now
  })

  const keys = keymap.of([
    { key: 'Mod-z', run: restore(past, future), preventDefault: true },
    { key: 'Mod-y', mac: 'Mod-Shift-z', run: restore(future, past), preventDefault: true },
  ])
  return [remember, keys]
}
