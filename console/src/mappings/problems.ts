import type { Problem } from '../../../src/server/contract.ts'

// The mapping is tried alone, so it is always the first of its sync.
const PREFIX = /^spec\.mappings\[\d+\]\.?/

/** What is wrong with one part of the tried mapping: `when`, `event`, or a field by its name. */
export function problemsAt(problems: readonly Problem[], part: string): readonly Problem[] {
  return problems.filter(({ path }) => {
    const local = path.replace(PREFIX, '')
    return local === part || local.startsWith(`${part}.`) || local.startsWith(`${part}[`)
  })
}

/** Problems that belong to no part of the editor. */
export const otherProblems = (problems: readonly Problem[]): readonly Problem[] =>
  problems.filter(({ path }) => !PREFIX.test(path) || !/^(?:when|event|fields)/.test(path.replace(PREFIX, '')))
