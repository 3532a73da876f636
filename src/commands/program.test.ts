import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { createProgram } from './program.ts'
import { processShell } from './shell.ts'
import { aShell, shopFiles } from './testing.ts'

const MAIN = join(import.meta.dirname, '../main.ts')

const COMMANDS = createProgram(processShell()).commands.map((command) => command.name())

test('every command of the contract is there', () => {
  const contract =
    'demo serve worker simulator doctor validate plan apply pull explain send tail retry replay books connect disconnect run runs backfill query schema'.split(
      ' ',
    )

  assert.deepEqual([...COMMANDS].sort(), contract.sort())
})

const TAUGHT =
  'doctor validate plan apply pull explain send tail retry replay books connect disconnect run runs backfill query'

for (const name of [...TAUGHT.split(' '), 'schema export']) {
  test(`"${name} --help" teaches with examples and ends with 0`, async (t) => {
    const { code, out, err } = await aShell(t).run(`${name} --help`)

    assert.deepEqual([code, err], [0, ''])
    assert.match(out, new RegExp(`^Usage: backbeat ${name} `))
    assert.match(out, /--json/)
    assert.match(out, new RegExp(`\\nExamples:\\n.*backbeat ${name}`, 's'))
  })
}

test('an unknown command or flag is refused with the nearest', async (t) => {
  const shell = aShell(t)

  const command = await shell.run('valdate')
  const flag = await shell.run('plan --jsn')

  assert.deepEqual([command.code, flag.code], [2, 2])
  assert.match(command.err, /unknown command 'valdate'\n\(Did you mean validate\?\)/)
  assert.match(flag.err, /unknown option '--jsn'\n\(Did you mean --json\?\)/)
})

test('a command that lacks what it needs is refused', async (t) => {
  assert.equal((await aShell(t).run('explain')).code, 2)
})

test('with --json everything on standard output is one object; talk goes elsewhere', async (t) => {
  const shell = aShell(t, { 'backbeat.yaml': shopFiles(), 'event.json': '{}' })
  await shell.run('apply')
  const lines = ['validate', 'plan', 'apply', 'pull', 'doctor --offline', 'explain event.json', 'books', 'retry']

  for (const line of [...lines, 'replay --from 1h', 'send event.json']) {
    const { out } = await shell.run(`${line} --json`)
    assert.equal(typeof JSON.parse(out), 'object', line)
  }
})

test('the program itself gives its exit codes to the shell, and no colours to a pipe', (t) => {
  const shell = aShell(t, { 'backbeat.yaml': shopFiles(), 'bad.yaml': 'kind: account' })
  const run = (...words: string[]) =>
    spawnSync(process.execPath, [MAIN, ...words], { cwd: shell.folder, encoding: 'utf8', env: { CI: '1' } })

  const [good, bad] = [run('validate'), run('validate', 'bad.yaml')]

  assert.deepEqual([good.status, good.stdout, good.stderr], [0, '', '✓ 4 resources in 1 file: nothing wrong\n'])
  assert.deepEqual([bad.status, bad.stdout], [2, ''])
  assert.match(bad.stderr, /^bad\.yaml:1:1: Cannot read the resource: it has no name\n/)
})
