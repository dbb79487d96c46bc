import { schema, type Tx } from '@vigie/db'
import { and, asc, eq, gte, inArray, isNull, sql } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import {
  prepareEvidence,
  recordEvidenceOfMany,
  type EtablissementObservation,
} from '../evidence/record-evidence.ts'
import { logFigures, type SourceReading, type StoreDay } from './log-evidence.ts'
import { weekOf, weekSums } from './log-figures.ts'
import { ownAttempts } from './own-attempts.ts'
import { rangesOf } from './read-retention-range.ts'
import { DEFAULT_RANGE } from './retention.ts'

const WORKER = { role: 'vigie_worker' } as const
const ORIGIN = { source: 'Journaux reçus par Vigie', collector: 'journaux' } as const
const DAY_MS = 86_400_000
const STORE_DAYS = 31

interface Place {
  readonly academie: string
  readonly sources: SourceReading[]
}

/** Open establishments that expect journals, or one of them. */
async function readPlaces(tx: Tx, now: Date, uai: string | null): Promise<Map<string, Place>> {
  const { logSource, etablissement } = schema
  const rows = await tx
    .select({ row: logSource, academie: etablissement.academie })
    .from(logSource)
    .innerJoin(etablissement, eq(etablissement.uai, logSource.uai))
    .where(
      and(
        isNull(logSource.disabledAt),
        eq(etablissement.state, 'ouvert'),
        uai === null ? undefined : eq(logSource.uai, uai),
      ),
    )
    .orderBy(asc(logSource.id))
  const sums = await weekSums(tx, uai === null ? sql`true` : sql`s.uai = ${uai}`, now)
  const stores = await storesOf(
    tx,
    rows.map(({ row }) => row.id),
    now,
  )
  const places = new Map<string, Place>()
  for (const { row, academie } of rows) {
    const place = places.get(row.uai) ?? { academie, sources: [] }
    places.set(row.uai, place)
    place.sources.push({
      lastMessageAt: row.lastMessageAt,
      week: weekOf(sums.get(row.id), row.createdAt, now),
      stores: stores.get(row.id) ?? [],
    })
  }
  return places
}

async function storesOf(tx: Tx, ids: readonly string[], now: Date): Promise<Map<string, StoreDay[]>> {
  const { logStore } = schema
  if (ids.length === 0) return new Map()
  const rows = await tx
    .select()
    .from(logStore)
    .where(
      and(
        inArray(logStore.sourceId, [...ids]),
        gte(logStore.seenAt, new Date(now.getTime() - STORE_DAYS * DAY_MS)),
      ),
    )
    .orderBy(asc(logStore.sourceId), asc(logStore.seenOn))
  const stores = new Map<string, StoreDay[]>()
  for (const row of rows) stores.set(row.sourceId, [...(stores.get(row.sourceId) ?? []), row])
  return stores
}

/** In the caller's transaction, under `vigie_worker`. Out: what journals prove now, for each establishment concerned. */
async function observe(
  tx: Tx,
  now: Date,
  uai: string | null,
  own: ReadonlyMap<string, number>,
): Promise<EtablissementObservation[]> {
  const places = await readPlaces(tx, now, uai)
  const academies = [...places.values()].map(({ academie }) => academie)
  const ranges = await rangesOf(tx, academies)
  return [...new Set([...places.keys(), ...own.keys()])].sort().flatMap((of) => {
    const place = places.get(of)
    const range = (place && ranges.get(place.academie)) ?? DEFAULT_RANGE
    const figures = logFigures(place?.sources ?? [], { journalled: own.get(of) ?? 0 }, range, now)
    return figures.map(([key, value]) => ({ uai: of, key, value, observedAt: now }))
  })
}

/**
 * Records what received journals, reported stores and Vigie's own journal of verifications prove (CARINE MCO-JAL,
 * INF-AUT-13, UTI-MSG-15). In: one establishment, or all. Out: how many observations it made.
 */
export async function reportLogEvidence(ctx: Context, uai: string | null = null): Promise<number> {
  const now = ctx.clock.now()
  await prepareEvidence(ctx, [{ observedAt: now }])
  const own = await ownAttempts(ctx, uai)
  return write(ctx, WORKER, async (tx) => {
    const observations = await observe(tx, now, uai, own)
    const { recorded } = await recordEvidenceOfMany(tx, ctx, observations, ORIGIN)
    if (recorded > 0)
      await record(tx, ctx, {
        action: 'log.evidence',
        subject: { kind: 'collector', id: ORIGIN.collector },
        ...(uai === null ? {} : { uai }),
        details: { observations: observations.length, recorded },
      })
    return observations.length
  })
}
