import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toCsv } from './csv.ts'

const columns = [
  { name: 'ad_id', type: 'id' },
  { name: 'name', type: 'text' },
  { name: 'spend', type: 'money' },
]

test('ids stay whole, absent cells are empty, and commas and quotes are quoted', () => {
  const rows = [
    ['1700000000000000123', 'Spring, "new"', '-12.50'],
    ['1700000000000000124', null, null],
  ]

  assert.equal(
    toCsv({ columns, rows }),
    'ad_id,name,spend\r\n1700000000000000123,"Spring, ""new""",-12.50\r\n1700000000000000124,,\r\n',
  )
})

test('a name that a spreadsheet would run as a formula is made text', () => {
  assert.equal(toCsv({ columns, rows: [['1', '=HYPERLINK("x")', '1']] }).split('\r\n')[1], `1,"'=HYPERLINK(""x"")",1`)
})
