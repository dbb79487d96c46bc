import { schema, type Tx } from '@vigie/db'
import { departementOf } from '@vigie/rules'
import { eq, sql } from 'drizzle-orm'
import { BORDEREAU_LABELS } from './content.ts'
import type { BordereauSummary } from './schema.ts'

const { bordereau, otpHolder } = schema

const scanned = sql`select 1 from bordereau_scan s where s.bordereau_id = ${bordereau.id}`

/** True of a slip that has its signed scan. */
export const isSigned = sql<boolean>`exists (${scanned})`

/** Slips without their files, ready for conditions, order and page. */
export const selectSummaries = (tx: Tx) =>
  tx
    .select({
      id: bordereau.id,
      number: bordereau.number,
      kind: bordereau.kind,
      academie: bordereau.academie,
      departement: bordereau.departement,
      circonscription: bordereau.circonscription,
      uai: bordereau.uai,
      holderId: otpHolder.id,
      holderName: otpHolder.displayName,
      keys: sql<number>`cardinality(${bordereau.keyIds})`,
      sha256: bordereau.sha256,
      createdAt: bordereau.createdAt,
      createdBy: bordereau.createdBy,
      signed: isSigned,
      signedOn: sql<
        string | null
      >`(select max(s.signed_on)::text from bordereau_scan s where s.bordereau_id = ${bordereau.id})`,
    })
    .from(bordereau)
    .leftJoin(otpHolder, eq(otpHolder.id, bordereau.holderId))

export type SummaryRow = Awaited<ReturnType<typeof selectSummaries>>[number]

const DAY_MS = 86_400_000

/** In: a row, now, and the names of authors. Out: the slip as the API tells it. */
export function presentSummary(row: SummaryRow, now: Date, nameOf: (id: string) => string): BordereauSummary {
  const { holderId, holderName, sha256: _, ...rest } = row
  return {
    ...rest,
    kindLabel: BORDEREAU_LABELS[row.kind],
    departementName: row.departement === null ? null : (departementOf(row.departement)?.name ?? null),
    holder: holderId === null ? null : { id: holderId, displayName: holderName ?? '' },
    createdAt: row.createdAt.toISOString(),
    createdBy: nameOf(row.createdBy),
    waitingDays: row.signed ? null : Math.floor((now.getTime() - row.createdAt.getTime()) / DAY_MS),
  }
}
