import { testBooks } from '../../test/books_suite.ts'
import { testJournal } from '../../test/journal_suite.ts'
import { findPostgres, openThrowAwayState } from '../../test/postgres.ts'
import { openSqliteState } from './state.ts'

const inMemory = () => openSqliteState(':memory:')
testJournal('state in SQLite', inMemory, false)
testBooks('state in SQLite', inMemory, { skip: false, runs: 60 })

const { url, skip } = await findPostgres()
const inPostgres = () => openThrowAwayState(url!)
testJournal('state in PostgreSQL', inPostgres, skip)
testBooks('state in PostgreSQL', inPostgres, { skip, runs: 8 })
