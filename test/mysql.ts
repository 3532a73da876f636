import mysql from 'mysql2/promise'

const URL = 'mysql://root@127.0.0.1:3306'

/**
 * Address of the MySQL or MariaDB of this machine, or the reason why it cannot be used; with `CI=true` there must be one.
 * Its root needs no password.
 */
export async function findMysql(): Promise<{ url: string; skip: false } | { url: null; skip: string }> {
  try {
    await askMysql(URL, 'select 1')
    return { url: URL, skip: false }
  } catch (error) {
    const skip = `MySQL does not answer at ${URL} (${(error as Error).message})`
    if (process.env['CI'] === 'true') throw new Error(skip)
    return { url: null, skip }
  }
}

/** Runs a statement on a connection of its own. */
export async function askMysql(url: string, sql: string): Promise<readonly (readonly unknown[])[]> {
  const connection = await mysql.createConnection({ uri: url, connectTimeout: 3000, rowsAsArray: true })
  try {
    const [rows] = await connection.query(sql)
    return rows as unknown as readonly (readonly unknown[])[]
  } finally {
    await connection.end()
  }
}
