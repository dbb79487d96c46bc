import { createHash } from 'node:crypto'
import { rowsOf, schema, type Tx } from '@vigie/db'
import type { BordereauKind } from '@vigie/db/schema'
import { timeZoneOf } from '@vigie/rules'
import { sql } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { record } from '../../journal/record.ts'
import { BORDEREAU_CODES, type BordereauContents } from './content.ts'
import { printBordereau } from './print-bordereau.ts'

export interface NewBordereau<K extends BordereauKind = BordereauKind> {
  readonly kind: K
  readonly academie: string
  readonly departement: string | null
  readonly circonscription: string | null
  readonly uai: string | null
  /** Null for a summary. */
  readonly holderId: string | null
  readonly keyIds: readonly string[]
  readonly content: BordereauContents[K]
}

/**
 * Numbers, prints and archives a slip in the caller's transaction, with its journal row. Numbers of a series follow
 * one another without gap or duplicate: two transactions of one series wait for each other.
 */
export async function createBordereau<K extends BordereauKind>(
  tx: Tx,
  ctx: Context,
  input: NewBordereau<K>,
): Promise<{ id: string; number: string; sha256: string }> {
  const createdAt = ctx.clock.now()
  const id = ctx.random.uuid()
  const number = await nextNumber(tx, input, createdAt)
  const pdf = await printBordereau({ ...input, number, createdAt })
  const sha256 = createHash('sha256').update(pdf).digest('hex')
  await tx.insert(schema.bordereau).values({
    id,
    number,
    kind: input.kind,
    academie: input.academie,
    departement: input.departement,
    circonscription: input.circonscription,
    uai: input.uai,
    holderId: input.holderId,
    keyIds: [...input.keyIds],
    pdf,
    sha256,
    createdAt,
    createdBy: ctx.actor.kind === 'anonymous' ? 'anonymous' : ctx.actor.id,
  })
  await record(tx, ctx, {
    action: 'bordereau.created',
    subject: { kind: 'bordereau', id },
    ...(input.uai === null ? {} : { uai: input.uai }),
    details: { number, kind: input.kind, keys: input.keyIds.length, sha256 },
  })
  return { id, number, sha256 }
}

/** `RD-991-2026-00012`: kind, département (or `A` and the académie), civil year there, rank. */
async function nextNumber(
  tx: Tx,
  { kind, academie, departement }: Pick<NewBordereau, 'kind' | 'academie' | 'departement'>,
  at: Date,
): Promise<string> {
  const year = new Intl.DateTimeFormat('fr-FR', { timeZone: timeZoneOf(academie), year: 'numeric' }).format(
    at,
  )
  const series = `${BORDEREAU_CODES[kind]}-${departement ?? `A${academie}`}-${year}`
  const result = await tx.execute(sql`
    insert into bordereau_series (series, last) values (${series}, 1)
    on conflict (series) do update set last = bordereau_series.last + 1
    returning last`)
  const last = rowsOf<{ last: number }>(result)[0]?.last ?? 0
  return `${series}-${String(last).padStart(5, '0')}`
}
