import type { Json } from '../../../src/server/contract.ts'
import styles from './code.module.css'
import { CopyIcon } from './copy.tsx'
import { indentJson } from './indent_json.ts'
import { jsonTokens } from './json_tokens.ts'

interface CodeProps {
  readonly text: string
  /** What the copy button copies, said to screen readers. */
  readonly label: string
  readonly maxHeight?: number
  readonly wrap?: boolean
  readonly json?: boolean
}

/** A block of code that can be copied. Long lines scroll inside it. */
export function Code({ text, label, maxHeight = 420, wrap = false, json = false }: CodeProps) {
  return (
    <div className={styles['frame']}>
      <section
        className={styles['scroll']}
        style={{ maxHeight }}
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a block that scrolls must be reachable by keyboard
        tabIndex={0}
      >
        <pre className={styles['text']} data-wrap={wrap || undefined}>
          {json ? <Coloured text={text} /> : text}
        </pre>
      </section>
      <div className={styles['copy']}>
        <CopyIcon value={text} label={`Copy ${label}`} />
      </div>
    </div>
  )
}

const Coloured = ({ text }: { text: string }) =>
  jsonTokens(text).map((token, position) =>
    token.kind === 'plain' ? (
      token.text
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the runs of a text have no other name
      <span key={position} className={styles[token.kind]}>
        {token.text}
      </span>
    ),
  )

/** A JSON value, indented and coloured. */
export const JsonCode = ({ value, label, maxHeight }: { value: Json; label: string; maxHeight?: number }) => (
  <Code text={JSON.stringify(value, null, 2)} label={label} json {...(maxHeight ? { maxHeight } : {})} />
)

/** JSON text as it stands on the wire, indented when it is JSON. */
export function JsonText({ text, label, maxHeight }: { text: string; label: string; maxHeight?: number }) {
  return <Code text={indentJson(text)} label={label} json wrap {...(maxHeight ? { maxHeight } : {})} />
}
