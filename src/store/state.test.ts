import { testJournal } from '../../test/journal_suite.ts'
import { findPostgres, openThrowAwayState } from '../../test/postgres.ts'
import { openSqliteState } from './state.ts'

testJournal('state in SQLite', () => openSqliteState(':memory:'), false)

const { url, skip } = await findPostgres()
testJournal('state in PostgreSQL', () => openThrowAwayState(url!), skip)
