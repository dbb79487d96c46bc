import { schema } from '@vigie/db'
import { asc, eq } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { visibleUais } from './visible-uais.ts'

/** Accounts of the agents of the establishments that the caller sees; never their secret. */
export async function listCollectorAccounts(ctx: Context, query: { uai?: string | undefined }) {
  const identity = authorise(ctx.actor, 'collector:manage')
  const { collectorAccount } = schema
  const rows = await ctx.db.transact({ role: 'vigie_auth' }, (tx) =>
    tx
      .select()
      .from(collectorAccount)
      .where(query.uai ? eq(collectorAccount.uai, query.uai) : undefined)
      .orderBy(asc(collectorAccount.uai), asc(collectorAccount.login)),
  )
  const visible = await visibleUais(ctx, identity, [...new Set(rows.map(({ uai }) => uai))])
  return rows
    .filter(({ uai }) => visible.has(uai))
    .map(({ id, uai, login, createdAt, revokedAt }) => ({
      id,
      uai,
      login,
      createdAt: createdAt.toISOString(),
      revokedAt: revokedAt?.toISOString() ?? null,
    }))
}
