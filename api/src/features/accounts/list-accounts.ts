import { schema } from '@vigie/db'
import { asc, count, eq, ilike, and, exists, or, sql, inArray } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import { coveredPerimeters } from '../../access/covered-perimeters.ts'
import { foldLogin } from '../../access/password.ts'
import { ROLE_LABELS } from '../../access/roles.ts'
import type { Context } from '../../context.ts'
import { asGrant, AUTH, type GrantRow } from './grants.ts'

export interface AccountQuery {
  readonly q?: string | undefined
  readonly page: number
  readonly pageSize: number
}

type AccountRow = typeof schema.account.$inferSelect

const present = (account: AccountRow, grants: readonly GrantRow[]) => ({
  id: account.id,
  login: account.login,
  displayName: account.displayName,
  disabledAt: account.disabledAt?.toISOString() ?? null,
  signedInAt: account.signedInAt?.toISOString() ?? null,
  createdAt: account.createdAt.toISOString(),
  grants: grants.map((row) => ({ id: row.id, roleLabel: ROLE_LABELS[row.role], ...asGrant(row) })),
})

const containing = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`

/** Accounts that hold a role within the caller's perimeters, by login; of their roles, only those. */
export async function listAccounts(ctx: Context, query: AccountQuery) {
  const covered = await coveredPerimeters(ctx, authorise(ctx.actor, 'access:manage'))
  const { account, roleGrant } = schema
  return ctx.db.transact(AUTH, async (tx) => {
    const inScope = covered.keys
      ? exists(
          tx
            .select({ one: sql`1` })
            .from(roleGrant)
            .where(
              and(
                eq(roleGrant.accountId, account.id),
                sql`${roleGrant.perimeterKind} || ' ' || ${roleGrant.perimeterCode} in (select jsonb_array_elements_text(${JSON.stringify(covered.keys)}::jsonb))`,
              ),
            ),
        )
      : undefined
    const matching = query.q
      ? or(
          ilike(account.login, containing(foldLogin(query.q))),
          ilike(account.displayName, containing(query.q)),
        )
      : undefined
    const where = and(inScope, matching)
    const [counted] = await tx.select({ total: count() }).from(account).where(where)
    const accounts = await tx
      .select()
      .from(account)
      .where(where)
      .orderBy(asc(account.login))
      .limit(query.pageSize)
      .offset((query.page - 1) * query.pageSize)
    const ids = accounts.map(({ id }) => id)
    const grants = ids.length
      ? await tx.select().from(roleGrant).where(inArray(roleGrant.accountId, ids))
      : []
    const visible = grants.filter((row) => covered.covers(asGrant(row).perimeter))
    return {
      total: counted?.total ?? 0,
      page: query.page,
      pageSize: query.pageSize,
      rows: accounts.map((row) =>
        present(
          row,
          visible.filter((grant) => grant.accountId === row.id),
        ),
      ),
    }
  })
}
