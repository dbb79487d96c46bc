import type { PoolFigures } from './counted-pool.ts'
import type { VerificationPath } from './database.ts'
import { openServerPool } from './server-pool.ts'

/** Two statements a verification keep a few connections busy; more only queue inside the server. */
const POOL_SIZE = 10
/** Milliseconds for the server to take a connection. */
const CONNECT_MS = 2_000
/** Milliseconds after which a statement is given up: the caller is told that there is no answer. */
const STATEMENT_MS = 2_000

/**
 * The verification path's own pool: its connections start as `vigie_otp` and never leave it, so that no round trip sets
 * a role. `synchronous_commit` stays at least `on`: an answer is given after its trace is durable.
 */
export function openVerificationPath(
  url: string,
  size = POOL_SIZE,
): VerificationPath & { figures(): PoolFigures; close(): Promise<void> } {
  const pool = openServerPool({
    url,
    name: 'verification',
    size,
    connectMs: CONNECT_MS,
    session: {
      role: 'vigie_otp',
      jit: 'off',
      statement_timeout: String(STATEMENT_MS),
      synchronous_commit: 'on',
      application_name: 'vigie-otp',
    },
  })
  const nameOf = statementNames()
  return {
    run: <T extends object>(statement: string, values: readonly unknown[]) =>
      pool.use(
        async (client) =>
          (await client.query<T & object>({ name: nameOf(statement), text: statement, values: [...values] }))
            .rows,
      ),
    figures: pool.figures,
    close: pool.close,
  }
}

/** A statement is prepared once per connection, under a name that is its own. */
function statementNames() {
  const names = new Map<string, string>()
  return (statement: string): string => {
    const name = names.get(statement) ?? `verification_${names.size + 1}`
    names.set(statement, name)
    return name
  }
}
