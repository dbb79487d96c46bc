import postgres from 'postgres'
import { countedPool, type PoolFigures } from './counted-pool.ts'
import type { VerificationPath } from './database.ts'

/** Two statements a verification keep a few connections busy; more only queue inside the server. */
const POOL_SIZE = 10
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
  const pool = countedPool('verification', size)
  const client = postgres(url, {
    max: size,
    connect_timeout: 2,
    connection: {
      role: 'vigie_otp',
      jit: false,
      statement_timeout: STATEMENT_MS,
      synchronous_commit: 'on',
      application_name: 'vigie-otp',
    },
    onnotice: () => {},
  })
  return {
    run: <T extends object>(statement: string, values: readonly unknown[]) =>
      pool.run(
        async () =>
          (await client.unsafe(statement, [...values] as postgres.ParameterOrJSON<never>[], {
            prepare: true,
          })) as unknown as T[],
      ),
    figures: pool.figures,
    close: () => client.end({ timeout: 5 }),
  }
}
