import { schema, type Tx } from '@vigie/db'
import { managerOf, superiorOf } from '@vigie/rules'
import { desc, eq, inArray, or } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import { ROLE_LABELS } from '../../access/roles.ts'
import type { Context } from '../../context.ts'
import { bordereauRefs, presentHistory, readHistory, slipsOfHolder } from '../keys/key-history.ts'
import { CREDENTIAL_COLUMNS, findHolder, type HolderRow } from '../keys/key-row.ts'
import { presentBareKey, SUMMARY_COLUMNS } from '../keys/present-key.ts'
import { presentCredential } from '../keys/read-key.ts'
import { presentHolders } from './present-holder.ts'
import type { HolderFile } from './schema.ts'

const { keyProcedure, otpCredential, otpKey, otpSecret } = schema

async function proceduresOf(tx: Tx, holderId: string): Promise<HolderFile['procedures']> {
  const rows = await tx
    .select()
    .from(keyProcedure)
    .where(or(eq(keyProcedure.holderId, holderId), eq(keyProcedure.otherHolderId, holderId)))
    .orderBy(desc(keyProcedure.openedAt))
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    step: row.step,
    openedAt: row.openedAt.toISOString(),
    dueOn: row.dueOn,
    closedAt: row.closedAt?.toISOString() ?? null,
    outcome: row.outcome,
  }))
}

async function readFile(tx: Tx, holder: HolderRow, now: Date) {
  const [credential] = await tx
    .select(CREDENTIAL_COLUMNS)
    .from(otpCredential)
    .where(eq(otpCredential.holderId, holder.id))
  if (!credential) throw new Error(`holder ${holder.id} has no credential`)
  const [summary] = await presentHolders(tx, [holder], now)
  if (!summary) throw new Error(`holder ${holder.id} was not presented`)
  const history = await readHistory(tx, { holderId: holder.id })
  const keyIds = [...new Set(history.rows.map(({ keyId }) => keyId))]
  const keys = await tx
    .select({ key: SUMMARY_COLUMNS.key, token: SUMMARY_COLUMNS.token })
    .from(otpKey)
    .innerJoin(otpSecret, eq(otpSecret.keyId, otpKey.id))
    .where(or(eq(otpKey.holderId, holder.id), inArray(otpKey.id, keyIds)))
    .orderBy(desc(otpKey.stateSince))
  return {
    summary,
    credential,
    history,
    keys,
    procedures: await proceduresOf(tx, holder.id),
    bordereaux: await bordereauRefs(tx, slipsOfHolder(holder.id)),
  }
}

/** The file of one holder: who, which keys, all that happened, with whom and which slip. Errors: `forbidden`, `not_found`. */
export async function readHolder(ctx: Context, holderId: string): Promise<HolderFile> {
  const identity = authorise(ctx.actor, 'key:read')
  const now = ctx.clock.now()
  const { holder, file } = await ctx.db.transact(identity, async (tx) => {
    const found = await findHolder(tx, holderId)
    return { holder: found, file: await readFile(tx, found, now) }
  })
  const superior = superiorOf(holder.holderFunction)
  const manager = managerOf(holder.holderFunction)
  const serials = new Map(file.keys.map(({ key }) => [key.id, key.serial]))
  return {
    ...file.summary,
    mail: holder.mail,
    callBackNumber: holder.callBackNumber,
    company: holder.company,
    communeCode: holder.communeCode,
    orderNumber: holder.orderNumber,
    createdAt: holder.createdAt.toISOString(),
    departedAt: holder.departedAt?.toISOString() ?? null,
    linked: holder.accountId !== null,
    credential: presentCredential(file.credential),
    superior,
    superiorLabel: ROLE_LABELS[superior],
    manager,
    managerLabel: ROLE_LABELS[manager],
    keys: file.keys.map((row) => presentBareKey(row, now)),
    history: await presentHistory(ctx, file.history, serials),
    procedures: file.procedures,
    bordereaux: file.bordereaux,
  }
}
