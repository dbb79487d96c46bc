import { definitionOf, type EvidenceKey } from '@vigie/rules'
import { schema, type Tx } from '@vigie/db'
import { and, desc, eq, gte, inArray, lte } from 'drizzle-orm'
import type { RequirementDetail } from './requirement-schema.ts'

const TIMELINE_MONTHS = 12
const TIMELINE_POINTS = 400

/** In: an establishment and the keys of a check. Out: the newest evidence of each, or what is missing. */
export async function evidenceOf(
  tx: Tx,
  uai: string,
  keys: readonly EvidenceKey[],
  now: Date,
): Promise<RequirementDetail['evidence']> {
  if (keys.length === 0) return []
  const { evidenceCurrent, collectionFailure } = schema
  const [current, failed] = await Promise.all([
    tx
      .select()
      .from(evidenceCurrent)
      .where(and(eq(evidenceCurrent.uai, uai), inArray(evidenceCurrent.key, [...keys]))),
    tx
      .select()
      .from(collectionFailure)
      .where(and(eq(collectionFailure.uai, uai), inArray(collectionFailure.key, [...keys]))),
  ])
  const held = new Map(current.map((row) => [row.key, row]))
  const failures = new Map(failed.map((row) => [row.key, row]))
  return keys.map((key) => {
    const { label, unit } = definitionOf(key)
    const row = held.get(key)
    const failure = failures.get(key)
    return {
      key,
      label,
      unit,
      value: row?.value ?? null,
      observedAt: row?.observedAt.toISOString() ?? null,
      receivedAt: row?.receivedAt.toISOString() ?? null,
      source: row?.source ?? null,
      collector: row?.collector ?? null,
      expiresAt: row?.expiresAt.toISOString() ?? null,
      fresh: row !== undefined && row.observedAt <= now && now < row.expiresAt,
      failure: failure
        ? { at: failure.failedAt.toISOString(), collector: failure.collector, reason: failure.reason }
        : null,
    }
  })
}

/** In: an establishment and the keys of a check. Out: their observations over the last twelve months, oldest first. */
export async function timelineOf(
  tx: Tx,
  uai: string,
  keys: readonly EvidenceKey[],
  now: Date,
): Promise<RequirementDetail['timeline']> {
  if (keys.length === 0) return []
  const { evidence } = schema
  const from = new Date(now)
  from.setUTCMonth(from.getUTCMonth() - TIMELINE_MONTHS)
  const rows = await tx
    .select({
      key: evidence.key,
      observedAt: evidence.observedAt,
      value: evidence.value,
      source: evidence.source,
    })
    .from(evidence)
    .where(
      and(
        eq(evidence.uai, uai),
        inArray(evidence.key, [...keys]),
        gte(evidence.observedAt, from),
        lte(evidence.observedAt, now),
      ),
    )
    .orderBy(desc(evidence.observedAt), desc(evidence.id))
    .limit(TIMELINE_POINTS)
  return rows.toReversed().map((row) => ({ ...row, observedAt: row.observedAt.toISOString() }))
}
