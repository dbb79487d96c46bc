import pg from 'pg'

/** Runs statements one after the other on a server, each committed by itself. Out: the rows of the last. */
export async function onServer(
  url: string,
  ...statements: readonly string[]
): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  client.on('error', () => {})
  await client.connect()
  try {
    let rows: Record<string, unknown>[] = []
    for (const statement of statements) ({ rows } = await client.query(statement))
    return rows
  } finally {
    await client.end()
  }
}

/** Drops a database. By force only when connections stay: forcing is refused while the server itself vacuums there. */
export async function dropDatabase(url: string, name: string): Promise<void> {
  const drop = `drop database if exists ${name}`
  await onServer(url, drop).catch(() => onServer(url, `${drop} with (force)`))
}
