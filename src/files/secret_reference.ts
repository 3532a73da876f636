/** Where a secret is found: an environment variable or a file. */
export interface Reference {
  readonly kind: 'env' | 'file'
  readonly name: string
}

/** What references are looked up in. */
export interface ReferenceSources {
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Throws when the file cannot be read. */
  readFile(path: string): string
}

const REFERENCE = /^\$\{(env|file):([^{}]+)\}$/
const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/

/** Reads `${env:NAME}` or `${file:PATH}`; null for any other text. */
export function parseReference(text: string): Reference | null {
  const [, kind, name] = REFERENCE.exec(text) ?? []
  if (kind === undefined || name === undefined) return null
  return kind === 'file' || VARIABLE.test(name) ? { kind: kind as Reference['kind'], name } : null
}

/** The secret a reference stands for; throws an Error that says what is missing. Never part of any message. */
export function resolveReference({ kind, name }: Reference, { environment, readFile }: ReferenceSources): string {
  if (kind === 'env') {
    const value = environment[name]
    if (value) return value
    throw new Error(`${name} is ${value === '' ? 'empty' : 'not set'}; set it where backbeat runs`)
  }
  const value = read(name, readFile).trim()
  if (value) return value
  throw new Error(`the file ${name} is empty`)
}

function read(path: string, readFile: ReferenceSources['readFile']): string {
  try {
    return readFile(path)
  } catch (cause) {
    throw new Error(`the file ${path} cannot be read (${(cause as NodeJS.ErrnoException).code ?? 'unknown'})`, {
      cause,
    })
  }
}
