import type { TestContext } from 'node:test'

type Close = () => unknown

const closers = new WeakMap<TestContext, Close[]>()

/** Closes something when the test is over. What was opened last is closed first: a page before the server it talks to. */
export function atEnd(t: TestContext, close: Close): void {
  const known = closers.get(t)
  if (known !== undefined) return void known.unshift(close)
  const first = [close]
  closers.set(t, first)
  t.after(async () => {
    for (const one of first) await one()
  })
}
