import { schema, type Tx } from '@vigie/db'
import { eq } from 'drizzle-orm'

/** The holder that an account is, and the key it is bound to; null when it never held one. */
export async function findCredential(
  tx: Tx,
  accountId: string,
): Promise<{ holderId: string; keyId: string | null } | null> {
  const { otpCredential, otpHolder } = schema
  const [found] = await tx
    .select({ holderId: otpHolder.id, keyId: otpCredential.keyId })
    .from(otpHolder)
    .leftJoin(otpCredential, eq(otpCredential.holderId, otpHolder.id))
    .where(eq(otpHolder.accountId, accountId))
  return found ?? null
}
