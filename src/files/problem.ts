import type { Place } from './source_file.ts'

/** One thing wrong with the configuration files, and where. */
export interface FileProblem extends Place {
  /** Such as `sync/shop-to-pixel`; null when that cannot be told. */
  readonly resource: string | null
  /** Within the resource, such as `spec.mappings[2].when`; null when the whole of it is meant. */
  readonly path: string | null
  readonly message: string
  /** The line and a caret below the character; only for texts that can hold no secret. */
  readonly frame?: string
}

/** `backbeat/shop.yaml:12:9: sync/shop-to-pixel: spec.to: …`, as editors and terminals make it a link. */
export function showProblem({ file, line, column, resource, path, message, frame }: FileProblem): string {
  const words = [`${file}:${line}:${column}`, resource, path, message].filter((word) => word !== null).join(': ')
  return frame === undefined ? words : `${words}\n${frame.replace(/^/gm, '    ')}`
}

/** In the order in which a person reads the files. */
export function sortProblems(problems: readonly FileProblem[]): readonly FileProblem[] {
  return [...problems].sort(
    (a, b) =>
      compareText(a.file, b.file) || a.line - b.line || a.column - b.column || compareText(a.message, b.message),
  )
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
