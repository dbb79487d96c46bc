import { schema, type Tx } from '@vigie/db'
import { PROCEDURES, type ProcedureFacts } from '@vigie/rules'
import { inArray, or } from 'drizzle-orm'
import type { HolderRow, KeyRow } from '../keys/key-row.ts'

const { handOverGuest, keyAct, otpHolder, otpKey } = schema

export type ProcedureRow = typeof schema.keyProcedure.$inferSelect
type ActRow = typeof keyAct.$inferSelect

/** What is true of one case now, with the rows that prove it. */
export interface Situation extends ProcedureFacts {
  readonly procedure: ProcedureRow
  /** Null when outside the caller's perimeters. */
  readonly holder: HolderRow | null
  readonly other: HolderRow | null
  readonly leavingKeys: readonly KeyRow[]
  readonly arrivingKeys: readonly KeyRow[]
  readonly acts: readonly ActRow[]
  readonly convokedAt: Date | null
}

const present = (ids: readonly (string | null)[]): string[] => [
  ...new Set(ids.filter((id): id is string => id !== null)),
]

/** In: procedures. Out: what the states of their keys and what people did say of each, in the same order. */
export async function situationsOf(tx: Tx, procedures: readonly ProcedureRow[]): Promise<Situation[]> {
  if (procedures.length === 0) return []
  const ids = procedures.map(({ id }) => id)
  const people = present(procedures.flatMap(({ holderId, otherHolderId }) => [holderId, otherHolderId]))
  const keyIds = present(procedures.flatMap(({ keyId, newKeyId }) => [keyId, newKeyId]))
  const holders = await tx.select().from(otpHolder).where(inArray(otpHolder.id, people))
  const keys = await tx
    .select()
    .from(otpKey)
    .where(or(inArray(otpKey.holderId, people), ...(keyIds.length > 0 ? [inArray(otpKey.id, keyIds)] : [])))
  const acts = await tx.select().from(keyAct).where(inArray(keyAct.procedureId, ids))
  const guests = await tx.select().from(handOverGuest).where(inArray(handOverGuest.procedureId, ids))
  const holderOf = (id: string | null) => holders.find((holder) => holder.id === id) ?? null
  return procedures.map((procedure) => {
    const own = acts.filter(({ procedureId }) => procedureId === procedure.id)
    const convokedAt = guests.find(({ procedureId }) => procedureId === procedure.id)?.convokedAt ?? null
    const holder = holderOf(procedure.holderId)
    const other = holderOf(procedure.otherHolderId)
    const leavingKeys = leavingOf(procedure, keys)
    const arrivingKeys = arrivingOf(procedure, keys)
    const unseen = holder === null || (procedure.otherHolderId !== null && other === null)
    return {
      procedure,
      holder,
      other,
      leavingKeys,
      arrivingKeys,
      acts: own,
      convokedAt,
      // Nothing is proven of a person whom the caller does not see.
      leaving: unseen ? ['active'] : leavingKeys.map(({ state }) => state),
      arriving: unseen ? [] : arrivingKeys.map(({ state }) => state),
      ticked: new Set(own.map(({ act }) => act)),
      convoked: convokedAt !== null,
    }
  })
}

/** Whose keys leave or arrive: the holder of the case, or the other person. */
export const personOf = (procedure: ProcedureRow, side: 'leaving' | 'arriving'): string | null => {
  const who = PROCEDURES[procedure.kind][side]
  if (who === 'nobody') return null
  return who === 'other' ? procedure.otherHolderId : procedure.holderId
}

/** The person's keys, and the key of the case once nobody holds it; another person's is no longer of the case. */
function leavingOf(procedure: ProcedureRow, keys: readonly KeyRow[]): KeyRow[] {
  const person = personOf(procedure, 'leaving')
  if (person === null) return []
  const ofCase = ({ id, holderId }: KeyRow) =>
    id === procedure.keyId && (holderId === null || holderId === person)
  const onlyThatOne = PROCEDURES[procedure.kind].leaving === 'old'
  return keys.filter((key) => ofCase(key) || (!onlyThatOne && key.holderId === person))
}

function arrivingOf(procedure: ProcedureRow, keys: readonly KeyRow[]): KeyRow[] {
  const person = personOf(procedure, 'arriving')
  if (person === null) return []
  const old = PROCEDURES[procedure.kind].leaving === 'old' ? procedure.keyId : null
  return keys.filter(({ id, holderId }) => holderId === person && id !== old)
}
