import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Receipt, RefusedError, TerminalError, TransientError } from '../../core/errors.ts'
import { EmptySliceError } from '../../core/warehouse.ts'
import { judge } from './judge.ts'

const receipt = (code: number): { readonly receipt: Receipt } => ({
  receipt: {
    method: 'GET',
    url: '',
    sentAt: 0,
    durationMs: 0,
    status: 200,
    code,
    message: '',
    requestId: null,
    items: 0,
  },
})

for (const [title, error, expected] of [
  ['no token', new TerminalError('tiktok.token_invalid', 'm'), 'run tiktok.token_invalid token'],
  ['no advertiser', new TerminalError('tiktok.no_permission', 'm', receipt(40001)), 'advertiser tiktok.no_permission'],
  ['no scope', new TerminalError('tiktok.no_permission', 'm', receipt(40130)), 'stream tiktok.no_permission'],
  ['something deleted', new TerminalError('tiktok.gone', 'm', receipt(40002)), 'stream tiktok.gone'],
  ['no room in the warehouse', new TerminalError('warehouse.full', 'm'), 'run warehouse.full'],
  ['one table of another shape', new TerminalError('warehouse.other_shape', 'm'), 'slice warehouse.other_shape failed'],
  ['a refused request', new RefusedError('tiktok.refused', 'm'), 'slice tiktok.refused failed'],
  ['a passing fault', new TransientError('tiktok.timeout', 'm'), 'slice tiktok.timeout failed passing'],
  ['an empty answer', new EmptySliceError('t', '1', 5, '9.5'), 'slice run.empty_answer unconfirmed passing'],
  ['a fault of ours', new TypeError('x is not a function'), 'slice run.failed failed'],
  ['anything else that is thrown', 'text', 'slice run.failed failed'],
] as const) {
  test(`${title} is about ${expected.split(' ')[0]}`, () => {
    const found = judge(error)
    const words = [
      found.kind,
      found.reason.code,
      ...(found.kind === 'slice' ? [found.state, ...(found.isPassing ? ['passing'] : [])] : []),
      ...(found.kind === 'run' && found.isToken ? ['token'] : []),
    ]
    assert.equal(words.join(' '), expected)
  })
}
