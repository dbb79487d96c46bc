import { schema } from '@vigie/db'
import { inArray } from 'drizzle-orm'
import type { Context } from '../../context.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** In: who acted, as the rows hold them. Out: their names; « Vigie » for what no account did. */
export async function nameAuthors(ctx: Context, ids: readonly string[]): Promise<(id: string) => string> {
  const wanted = [...new Set(ids)].filter((id) => UUID.test(id))
  const { account } = schema
  const rows =
    wanted.length === 0
      ? []
      : await ctx.db.transact({ role: 'vigie_auth' }, (tx) =>
          tx
            .select({ id: account.id, name: account.displayName })
            .from(account)
            .where(inArray(account.id, wanted)),
        )
  const names = new Map(rows.map((row) => [row.id, row.name]))
  return (id) => names.get(id) ?? 'Vigie'
}
