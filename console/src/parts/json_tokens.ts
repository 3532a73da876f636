/** A run of JSON text of one kind, for colouring. */
export interface JsonToken {
  readonly kind: 'key' | 'string' | 'word' | 'plain'
  readonly text: string
}

// A string with what makes it a key; a number or a word; everything between.
const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d[\d.eE+-]*|true|false|null)|[^"\d\-tfn]+|./gs

/** Cuts JSON text into coloured runs. Joined again they are the same text, JSON or not. */
export function jsonTokens(text: string): readonly JsonToken[] {
  return [...text.matchAll(TOKEN)].flatMap(([whole, quoted, colon, word]): JsonToken[] => {
    if (quoted !== undefined && colon !== undefined) {
      return [
        { kind: 'key', text: quoted },
        { kind: 'plain', text: colon },
      ]
    }
    if (quoted !== undefined) return [{ kind: 'string', text: quoted }]
    return [{ kind: word === undefined ? 'plain' : 'word', text: whole }]
  })
}
