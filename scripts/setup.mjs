// Makes a fresh clone ready, with plain Node and npm: dependencies as locked, then the console's build. Each step runs
// only when what it depends on has changed. Runs under older Nodes too, so it is JavaScript without dependencies.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const stamps = join(root, 'node_modules', '.backbeat')

const filesIn = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.name === 'node_modules' || entry.name === 'dist') return []
    return entry.isDirectory() ? filesIn(path) : [path]
  })

function digest(paths) {
  const hash = createHash('sha256')
  for (const path of paths) hash.update(path.slice(root.length)).update(readFileSync(path))
  return hash.digest('hex')
}

const isDone = (step, key) => existsSync(join(stamps, step)) && readFileSync(join(stamps, step), 'utf8') === key

function markDone(step, key) {
  mkdirSync(stamps, { recursive: true })
  writeFileSync(join(stamps, step), key)
}

function run(what, command, parameters) {
  process.stderr.write(`${what} …\n`)
  const { status, stdout, stderr } = spawnSync(command, parameters, {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  if (status === 0) return
  process.stderr.write(`${stdout ?? ''}${stderr ?? ''}\nCannot set up: "${command} ${parameters.join(' ')}" failed\n`)
  process.exit(1)
}

const npm = ['ci', '--no-audit', '--no-fund', '--loglevel=error']
const locked = digest([join(root, 'package-lock.json'), join(root, 'package.json')])
if (!isDone('dependencies', locked)) {
  run('Installing dependencies', 'npm', npm)
  markDone('dependencies', locked)
}

const contract = ['src/server/contract.ts', 'src/core'].map((path) => join(root, path))
const consoleKey = `${locked} ${digest([...filesIn(join(root, 'console')), contract[0], ...filesIn(contract[1])])}`
if (!isDone('console', consoleKey) || !existsSync(join(root, 'console', 'dist', 'index.html'))) {
  const node = join(root, 'node_modules', '.bin', 'node')
  run('Building the console', node, [
    join(root, 'node_modules', 'vite', 'bin', 'vite.js'),
    'build',
    '--logLevel',
    'error',
    'console',
  ])
  markDone('console', consoleKey)
}
