import { globSync, readFileSync } from 'node:fs'

const FAULT = 500 // lines of a source file
const SMELL = 300

const TESTS_AND_GENERATED = /\.test\.tsx?$|\/(golden|recorded|dist|node_modules)\//

const files = globSync('{src,scripts,bench,console/src}/**/*.{ts,tsx,js}')
  .filter((file) => !TESTS_AND_GENERATED.test(file))
  .map((file) => ({ file, lines: readFileSync(file, 'utf8').split('\n').length - 1 }))
  .filter(({ lines }) => lines > SMELL)
  .sort((a, b) => b.lines - a.lines)

for (const { file, lines } of files) {
  const verdict = lines > FAULT ? `more than ${FAULT}: part it` : `more than ${SMELL}`
  console.error(`${file} has ${lines} lines, ${verdict}`)
}
process.exitCode = files.some(({ lines }) => lines > FAULT) ? 1 : 0
