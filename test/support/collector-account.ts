import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { schema, type Database } from '@vigie/db'

export interface CollectorCredentials {
  readonly id: string
  readonly login: string
  readonly secret: string
  /** Value of the `Authorization` header. */
  readonly authorization: string
}

/** Gives an establishment a collector account of its own, as inventory agents are given one. */
export async function aCollectorAccount(db: Database, uai: string): Promise<CollectorCredentials> {
  const id = randomUUID()
  const login = `agents-${uai.toLowerCase()}-${id.slice(0, 8)}`
  const secret = randomBytes(20).toString('hex')
  await db.transact({ role: 'vigie_auth' }, (tx) =>
    tx.insert(schema.collectorAccount).values({
      id,
      uai,
      login,
      secretHash: createHash('sha256').update(secret).digest('hex'),
      createdAt: new Date('2026-09-01T00:00:00Z'),
    }),
  )
  return { id, login, secret, authorization: `Basic ${Buffer.from(`${login}:${secret}`).toString('base64')}` }
}
