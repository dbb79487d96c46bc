import { schema } from '@vigie/db'
import { eq } from 'drizzle-orm'
import type { Deps } from '../../context.ts'

/** Whether an account of the demonstration exists, disabled or not: production then refuses to start. */
export async function hasDemonstrationAccounts(deps: Deps): Promise<boolean> {
  const rows = await deps.db.transact({ role: 'vigie_auth' }, (tx) =>
    tx
      .select({ id: schema.account.id })
      .from(schema.account)
      .where(eq(schema.account.demonstration, true))
      .limit(1),
  )
  return rows.length > 0
}
