import { findPostgres, openThrowAwayState } from '../../test/postgres.ts'
import { testState } from '../../test/state_suite.ts'
import { openSqliteState } from './state.ts'

testState('state in SQLite', () => openSqliteState(':memory:'), { skip: false, runs: 60 })

const { url, skip } = await findPostgres()
testState('state in PostgreSQL', () => openThrowAwayState(url!), { skip, runs: 8 })
