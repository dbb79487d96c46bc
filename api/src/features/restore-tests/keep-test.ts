import { createHash } from 'node:crypto'
import { schema, type Tx } from '@vigie/db'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import type { RestoreRecord } from './canonical-text.ts'

const AHEAD_MS = 5 * 60_000
const OLDEST_MS = 400 * 86_400_000

export interface SignedRecord {
  readonly test: RestoreRecord
  readonly payload: string
  /** Base64url. */
  readonly signature: string
  readonly publicKey: string
  readonly recordedBy: string | null
}

/** Refuses a test of the future, or too old to prove anything. `pointer` names the field to correct. */
export function refuseDate(ctx: Context, performedAt: Date, pointer: string): void {
  const now = ctx.clock.now().getTime()
  const detail =
    performedAt.getTime() > now + AHEAD_MS
      ? 'La date de ce test est dans le futur : donnez celle à laquelle il a été fait.'
      : performedAt.getTime() < now - OLDEST_MS
        ? 'Ce test a plus de 400 jours : il ne prouve plus rien. Refaites-en un.'
        : null
  if (detail) throw new AppError('invalid_input', detail, { errors: [{ pointer, detail }] })
}

/** Keeps a signed test, once. Out: its id. Errors: `conflict` when this very text was already recorded. */
export async function keepTest(tx: Tx, ctx: Context, signed: SignedRecord): Promise<string> {
  const { test, payload, signature, publicKey, recordedBy } = signed
  const id = ctx.random.uuid()
  const added = await tx
    .insert(schema.restoreTest)
    .values({
      ...test,
      id,
      recordedAt: ctx.clock.now(),
      recordedBy,
      payload,
      signature,
      publicKey,
      digest: createHash('sha256').update(payload, 'utf8').digest('hex'),
    })
    .onConflictDoNothing()
    .returning({ id: schema.restoreTest.id })
  if (added.length === 0)
    throw new AppError('conflict', 'Ce test de restauration est déjà enregistré : il ne compte qu’une fois.')
  return id
}
