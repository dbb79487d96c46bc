import { schema, type Tx } from '@vigie/db'
import { HELD_STATES } from '@vigie/rules'
import { desc, eq } from 'drizzle-orm'
import type { KeyRow } from '../keys/key-row.ts'

/** In: a holder. Out: the key in their hands or prepared for them, else the last one still in their name; null without one. */
export async function keyOf(tx: Tx, holderId: string): Promise<KeyRow | null> {
  const keys = await tx
    .select()
    .from(schema.otpKey)
    .where(eq(schema.otpKey.holderId, holderId))
    .orderBy(desc(schema.otpKey.stateSince))
  return keys.find(({ state }) => HELD_STATES.some((held) => held === state)) ?? keys[0] ?? null
}
