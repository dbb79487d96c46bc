import { schema, type Tx } from '@vigie/db'
import { departementOf, HELD_STATES, HOLDER_FUNCTION_LABELS } from '@vigie/rules'
import { and, eq, inArray, or } from 'drizzle-orm'
import type { HolderRow } from '../keys/key-row.ts'
import { presentBareKey, SUMMARY_COLUMNS } from '../keys/present-key.ts'
import type { HolderSummary } from './schema.ts'

const { etablissement, otpKey, otpSecret } = schema

type BareKey = NonNullable<HolderSummary['key']>

/** The keys meant for these holders now, by holder. */
async function heldKeys(
  tx: Tx,
  holderIds: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, BareKey>> {
  const rows = await tx
    .select({ key: SUMMARY_COLUMNS.key, token: SUMMARY_COLUMNS.token, holderId: otpKey.holderId })
    .from(otpKey)
    .innerJoin(otpSecret, eq(otpSecret.keyId, otpKey.id))
    .where(and(inArray(otpKey.holderId, [...holderIds]), inArray(otpKey.state, [...HELD_STATES])))
  return new Map(rows.map((row) => [row.holderId ?? '', presentBareKey(row, now)]))
}

/** Name of the school, of the commune or of the circonscription of each holder, by its code. */
async function placeNames(
  tx: Tx,
  holders: readonly HolderRow[],
): Promise<(holder: HolderRow) => string | null> {
  const codes = (pick: (holder: HolderRow) => string | null) => [
    '',
    ...new Set(holders.map(pick).filter((code) => code !== null)),
  ]
  const rows = await tx
    .selectDistinctOn([etablissement.uai], {
      uai: etablissement.uai,
      name: etablissement.name,
      communeCode: etablissement.communeCode,
      commune: etablissement.commune,
      circonscription: etablissement.circonscription,
      circonscriptionName: etablissement.circonscriptionName,
    })
    .from(etablissement)
    .where(
      or(
        inArray(
          etablissement.uai,
          codes(({ uai }) => uai),
        ),
        inArray(
          etablissement.communeCode,
          codes(({ communeCode }) => communeCode),
        ),
        inArray(
          etablissement.circonscription,
          codes(({ uai, communeCode, circonscription }) => ((uai ?? communeCode) ? null : circonscription)),
        ),
      ),
    )
  const names = new Map<string, string>()
  for (const row of rows) {
    names.set(`uai ${row.uai}`, `${row.name}, ${row.commune}`)
    names.set(`commune ${row.communeCode}`, row.commune)
    if (row.circonscription && row.circonscriptionName)
      names.set(`circonscription ${row.circonscription}`, row.circonscriptionName)
  }
  return ({ uai, communeCode, circonscription, company }) =>
    (uai
      ? names.get(`uai ${uai}`)
      : communeCode
        ? names.get(`commune ${communeCode}`)
        : names.get(`circonscription ${circonscription ?? ''}`)) ?? company
}

/** Holders in French words, each with its place and the key meant for it now. */
export async function presentHolders(
  tx: Tx,
  holders: readonly HolderRow[],
  now: Date,
): Promise<HolderSummary[]> {
  if (holders.length === 0) return []
  const keys = await heldKeys(
    tx,
    holders.map(({ id }) => id),
    now,
  )
  const nameOf = await placeNames(tx, holders)
  return holders.map((holder) => ({
    id: holder.id,
    kind: holder.kind,
    login: holder.login,
    displayName: holder.displayName,
    function: holder.holderFunction,
    functionLabel: HOLDER_FUNCTION_LABELS[holder.holderFunction],
    academie: holder.academie,
    departement: holder.departement,
    departementName: holder.departement === null ? null : (departementOf(holder.departement)?.name ?? null),
    circonscription: holder.circonscription,
    uai: holder.uai,
    place: nameOf(holder),
    departed: holder.departedAt !== null,
    key: keys.get(holder.id) ?? null,
  }))
}
