import { schema, type Tx } from '@vigie/db'
import { HELD_STATES } from '@vigie/rules'
import { and, desc, eq, inArray, isNull } from 'drizzle-orm'
import { CREDENTIAL_COLUMNS, findHolder, type HolderRow } from '../keys/key-row.ts'
import type { Helped } from './offered-actions.ts'

const { keyProcedure, otpCredential, otpKey } = schema

export type HelpedPerson = Helped & {
  readonly openProcedure: {
    readonly id: string
    readonly kind: (typeof keyProcedure.$inferSelect)['kind']
  } | null
}

/** In: holders. Out: each with the key, the credential and the open case that help needs to know, in the same order. */
export async function helpedOf(tx: Tx, holders: readonly HolderRow[]): Promise<HelpedPerson[]> {
  const ids = holders.map(({ id }) => id)
  if (ids.length === 0) return []
  const keys = await tx
    .select()
    .from(otpKey)
    .where(inArray(otpKey.holderId, ids))
    .orderBy(desc(otpKey.stateSince))
  const credentials = await tx
    .select(CREDENTIAL_COLUMNS)
    .from(otpCredential)
    .where(inArray(otpCredential.holderId, ids))
  const cases = await tx
    .select({ id: keyProcedure.id, kind: keyProcedure.kind, holderId: keyProcedure.holderId })
    .from(keyProcedure)
    .where(and(inArray(keyProcedure.holderId, ids), isNull(keyProcedure.closedAt)))
    .orderBy(desc(keyProcedure.openedAt))
  return holders.map((holder) => {
    const own = keys.filter(({ holderId }) => holderId === holder.id)
    const open = cases.filter(({ holderId }) => holderId === holder.id)
    const held = own.find(({ state }) => HELD_STATES.some((name) => name === state))
    return {
      holder,
      key: held ?? own[0] ?? null,
      credential: credentials.find(({ holderId }) => holderId === holder.id) ?? null,
      replacing: open.some(({ kind }) => kind === 'replacement'),
      openProcedure: open[0] ?? null,
    }
  })
}

/** One holder, the credential locked until the transaction ends. Errors: `not_found`. */
export async function helpedPerson(tx: Tx, holderId: string): Promise<HelpedPerson> {
  const holder = await findHolder(tx, holderId)
  await tx
    .select({ holderId: otpCredential.holderId })
    .from(otpCredential)
    .where(eq(otpCredential.holderId, holderId))
    .for('update')
  const [person] = await helpedOf(tx, [holder])
  if (!person) throw new Error('a holder has no card')
  return person
}
