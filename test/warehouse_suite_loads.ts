import assert from 'node:assert/strict'
import type { Row } from '../src/core/table.ts'
import { EmptySliceError } from '../src/core/warehouse.ts'
import type { Use } from './warehouse_suite.ts'
import {
  ADVERTISER,
  ask,
  auditNamesOf,
  create,
  DAILY,
  daily,
  days,
  EVERYTHING,
  LIFETIME,
  load,
  OTHER_ADVERTISER,
  PIXELS,
  rowsOf,
  timeOf,
} from './warehouse_tables.ts'

const STORED_FIGURES = (row: Row): Row => [row[0]!, row[2]!, row[3]!, row[4]!]

/** How loads change tables. */
export function loadTests(use: Use): void {
  use(
    'a value of every type comes back as it was, long ids, decimals and Unicode whole',
    async ({ warehouse, schema }) => {
      await create(warehouse, schema, EVERYTHING)
      const key = ['9223372036854775807', 'Größe/日本/🎵', '2026-03-08', ADVERTISER]
      const odd = ['9007199254740993', '', '2026-03-09', ADVERTISER]
      const values = ['\'Ünï\t\\N "q"\n\r🎵;--', '9223372036854775806', '12345678901234.567891', 0.1, true]
      const times = ['2024-02-29', '2026-03-08 02:30:00', '2026-03-08T02:30:00.123Z']
      const rows = [
        [...odd, '', '-1', '-0.000001', -1.5e-7, false, '1999-12-31', '1999-12-31 23:59:59', null, null],
        [...key, ...values, ...times, '{"n":[1,null],"id":"9223372036854775807"}'],
        ['1', 'null', '2026-03-08', ADVERTISER, ...Array<null>(9).fill(null)],
      ]

      await load(warehouse, { schema, table: EVERYTHING }, rows)

      const stored = (await rowsOf(warehouse, schema, EVERYTHING)).toSorted(
        (a, b) => String(a[0]).length - String(b[0]).length || (String(a[0]) < String(b[0]) ? -1 : 1),
      )
      const asWritten = stored.map((row) =>
        row.map((value, i) => {
          if (value === null) return null
          if (EVERYTHING.columns[i]?.type === 'money') return String(value).replace(/\.?0+$/, '')
          return EVERYTHING.columns[i]?.type === 'json' ? JSON.stringify(JSON.parse(String(value))) : value
        }),
      )
      assert.deepEqual(asWritten, [rows[2], rows[0], rows[1]])
    },
  )

  use('a first load says who wrote each row and when', async ({ warehouse, schema }) => {
    await create(warehouse, schema, DAILY)

    const said = await load(warehouse, { schema, table: DAILY, run: 5, isFinal: true }, [daily('1', 1, '2.5', '3')])

    assert.deepEqual(said, { read: 1, added: 1, changed: 0, same: 0, removed: 0, restated: [] })
    const [row] = await rowsOf(warehouse, schema, DAILY, auditNamesOf(DAILY))
    const [syncedAt, fivetran, run, hash, firstSeen, restated, isFinal] = row!.slice(DAILY.columns.length)
    const at = '1970-01-01T00:00:05.000Z'
    assert.deepEqual([syncedAt, fivetran, run, firstSeen, restated, isFinal], [at, at, 'run-5', at, '0', true])
    assert.match(String(hash), /^[\w-]{22}$/)
  })

  use('of rows with the same key the last one counts, on the same page or another', async ({ warehouse, schema }) => {
    await create(warehouse, schema, DAILY)
    const rows = [daily('1', 1, '1', '1'), daily('1', 1, '2', '2'), daily('2', 1, '5', '5'), daily('1', 1, '3', '3')]

    const { read, added } = await load(warehouse, { schema, table: DAILY }, rows)

    assert.deepEqual([read, added], [2, 2])
    const stored = await rowsOf(warehouse, schema, DAILY)
    assert.deepEqual(stored.map(STORED_FIGURES), [
      ['1', timeOf(1), '3.000000', '3'],
      ['2', timeOf(1), '5.000000', '5'],
    ])
  })

  use('keys tell upper from lower case', async ({ warehouse, schema }) => {
    await create(warehouse, schema, PIXELS)

    await load(warehouse, { schema, table: PIXELS }, [
      ['c1', ADVERTISER, 'low'],
      ['C1', ADVERTISER, 'high'],
    ])

    assert.equal((await rowsOf(warehouse, schema, PIXELS)).length, 2)
  })

  use(
    'a window replaces its days of its advertiser and nothing else, and keeps what it removes',
    async ({ warehouse, schema }) => {
      await create(warehouse, schema, DAILY)
      const other = daily('9', 2, '9', '9', OTHER_ADVERTISER)
      await load(warehouse, { schema, table: DAILY, advertiserId: OTHER_ADVERTISER }, [other])
      await load(
        warehouse,
        { schema, table: DAILY },
        [1, 2, 3, 4].map((day) => daily('1', day, '1.10', '2')),
      )

      const said = await load(warehouse, { schema, table: DAILY, days: days(2, 3), run: 2 }, [
        daily('1', 2, '1.1', '2'),
        daily('2', 3, '7', '0'),
      ])

      assert.deepEqual(said, {
        read: 2,
        added: 1,
        changed: 0,
        same: 1,
        removed: 1,
        restated: [
          { day: '2026-03-03', column: 'clicks', before: '2', after: '0', rows: 1 },
          { day: '2026-03-03', column: 'spend', before: '1.1', after: '0', rows: 1 },
        ],
      })
      const stored = await rowsOf(warehouse, schema, DAILY, ['_run_id'])
      assert.deepEqual(
        stored.map((row) => [row[0], String(row[2]).slice(8, 10), row.at(-1)]),
        [
          ['1', '01', 'run-1'],
          ['1', '02', 'run-1'],
          ['1', '04', 'run-1'],
          ['2', '03', 'run-2'],
          ['9', '02', 'run-1'],
        ],
      )
      const [removed] = await ask(
        warehouse,
        `select row_key, row_data, run_id from ${warehouse.quote(schema, '_removed_rows')}`,
      )
      const [key, data, run] = removed!
      assert.equal(JSON.parse(String(key)).ad_id, '1')
      assert.deepEqual(Object.values(JSON.parse(String(data))).includes(ADVERTISER), true)
      assert.equal(JSON.parse(String(data)).spend, '1.100000')
      assert.equal(run, 'run-2')
    },
  )

  use('a row that changed is counted, and what changed is said by day and figure', async ({ warehouse, schema }) => {
    await create(warehouse, schema, DAILY)
    await load(warehouse, { schema, table: DAILY }, [
      daily('1', 1, '1.5', '3'),
      daily('2', 1, '2', null),
      daily('3', 2, '1', '1'),
    ])

    const said = await load(warehouse, { schema, table: DAILY, run: 2 }, [
      daily('1', 1, '1.75', '3'),
      daily('2', 1, '2.5', '4'),
      daily('3', 2, '1.000', '1'),
    ])

    const restated = [
      { day: '2026-03-01', column: 'clicks', before: '0', after: '4', rows: 1 },
      { day: '2026-03-01', column: 'spend', before: '3.5', after: '4.25', rows: 2 },
    ]
    assert.deepEqual(said, { read: 3, added: 0, changed: 2, same: 1, removed: 0, restated })
    const own = ['_run_id', '_restated_count', '_first_seen_at']
    const stored = await rowsOf(warehouse, schema, DAILY, own)
    assert.deepEqual(
      stored.map((row) => row.slice(-3)),
      [
        ['run-2', '1'],
        ['run-2', '1'],
        ['run-1', '0'],
      ].map((line) => [...line, '1970-01-01T00:00:01.000Z']),
    )
    const kept = await ask(
      warehouse,
      `select day, column_name, sum_before, sum_after, rows_changed, run_id from ${warehouse.quote(schema, '_restatements')} order by column_name`,
    )
    assert.deepEqual(
      kept,
      restated.map(({ day, column, before, after, rows }) => [day, column, before, after, String(rows), 'run-2']),
    )
  })

  use('a sum of many long amounts is exact', async ({ warehouse, schema }) => {
    await create(warehouse, schema, LIFETIME)
    const rows = (amount: string) =>
      Array.from({ length: 50 }, (_, i): Row => [String(i + 1), ADVERTISER, amount, null, null])
    await load(warehouse, { schema, table: LIFETIME }, rows('12345678901234.000001'))

    const { restated } = await load(warehouse, { schema, table: LIFETIME, run: 2 }, rows('12345678901234.000002'))

    assert.deepEqual(restated, [
      { day: null, column: 'spend', before: '617283945061700.00005', after: '617283945061700.0001', rows: 50 },
    ])
  })

  use('the final flag follows the last load of the days, and touches nothing else', async ({ warehouse, schema }) => {
    await create(warehouse, schema, DAILY)
    const rows = [daily('1', 1, '1', '1'), daily('1', 2, '1', '1')]
    await load(warehouse, { schema, table: DAILY }, rows)

    await load(warehouse, { schema, table: DAILY, days: days(1, 1), isFinal: true, run: 2 }, rows.slice(0, 1))

    const stored = await rowsOf(warehouse, schema, DAILY, ['_run_id', '_is_final'])
    assert.deepEqual(
      stored.map((row) => row.slice(-2)),
      [
        ['run-1', true],
        ['run-1', false],
      ],
    )
  })

  use(
    'an answer without rows for days with spend is refused until someone confirms it',
    async ({ warehouse, schema }) => {
      await create(warehouse, schema, DAILY)
      const slice = { schema, table: DAILY, days: days(1, 2) }
      await load(warehouse, slice, [daily('1', 1, '1.5', '1'), daily('1', 2, '1', '1')])

      await assert.rejects(
        load(warehouse, { ...slice, run: 2 }),
        (error) => error instanceof EmptySliceError && error.rowsStored === 2 && error.spendStored === '2.5',
      )
      assert.equal((await rowsOf(warehouse, schema, DAILY)).length, 2)
      assert.equal((await warehouse.loaded(schema))[0]?.runId, 'run-1')
      const { removed } = await load(warehouse, { ...slice, acceptsEmpty: true, run: 3 })
      assert.equal(removed, 2)
      assert.deepEqual(await rowsOf(warehouse, schema, DAILY), [])
    },
  )

  use('an answer without rows is taken where nothing was spent', async ({ warehouse, schema }) => {
    await create(warehouse, schema, DAILY)
    await load(warehouse, { schema, table: DAILY }, [daily('1', 1, '0', '1'), daily('2', 1, null, '1')])

    assert.equal((await load(warehouse, { schema, table: DAILY, run: 2 })).removed, 2)
  })

  use(
    'the warehouse remembers the newest load of each slice, until its table is cleared',
    async ({ warehouse, schema }) => {
      assert.deepEqual(await warehouse.loaded(schema), [])
      await create(warehouse, schema, DAILY, LIFETIME)
      await load(warehouse, { schema, table: LIFETIME, run: 1 }, [['1', ADVERTISER, '1', '1', null]])
      await load(warehouse, { schema, table: DAILY, days: days(1, 2), run: 2 }, [daily('1', 1, '1', '1')])
      await load(warehouse, { schema, table: DAILY, days: days(1, 3), run: 3 }, [
        daily('1', 1, '1', '1'),
        daily('1', 2, '1', '1'),
      ])

      const lifetime = {
        table: LIFETIME.name,
        advertiserId: ADVERTISER,
        days: null,
        runId: 'run-1',
        loadedAt: 1000,
        rows: 1,
      }
      const newest = {
        table: DAILY.name,
        advertiserId: ADVERTISER,
        days: days(1, 3),
        runId: 'run-3',
        loadedAt: 3000,
        rows: 2,
      }
      assert.deepEqual(await warehouse.loaded(schema), [lifetime, newest])
      await warehouse.clear(schema, DAILY)
      assert.deepEqual(await rowsOf(warehouse, schema, DAILY), [])
      assert.deepEqual(await warehouse.loaded(schema), [lifetime])
    },
  )
}
