import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'

/** Every check of the project, in the order in which a mistake is cheapest to see. Ends at the first that fails. */
const CHECKS: readonly (readonly [string, string, ...string[]])[] = [
  ['types', 'tsc', '--noEmit', '-p', '.'],
  ['types of the console', 'tsc', '--noEmit', '-p', 'console'],
  ['style', 'biome', 'check', '--error-on-warnings', '.'],
  ['import rules', 'node', 'scripts/check_imports.ts'],
  ['shape', 'node', 'scripts/check_shape.ts'],
  ['generated docs', 'node', 'scripts/docs.ts', '--check'],
  ['tests', 'node', '--test', '--test-concurrency=3', ...globSync(['{src,test,scripts,console/src}/**/*.test.ts'])],
]

for (const [what, command, ...parameters] of CHECKS) {
  process.stderr.write(`── ${what}\n`)
  const { status } = spawnSync(command, parameters, { stdio: 'inherit' })
  if (status !== 0) {
    process.stderr.write(`── ${what}: failed\n`)
    process.exit(1)
  }
}
