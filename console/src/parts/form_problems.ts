import { ApiFailure } from '../api/client.ts'

/** Problems of a refused write by input: `spec.pixel_code` belongs to the input `pixel_code`, `name` to `name`. */
export function formProblems(error: Error | null): Record<string, string> {
  if (!(error instanceof ApiFailure)) return {}
  return Object.fromEntries(error.problems.map(({ path, message }) => [path.replace(/^spec\./, ''), message]))
}

/** Paths under which the server may name the given inputs; what is shown beside an input is not said twice. */
export const pathsOf = (inputs: readonly string[]): readonly string[] =>
  inputs.flatMap((input) => [input, `spec.${input}`])
