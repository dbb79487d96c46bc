import type { CollectedEvidence, CollectorRun, FailedKeys } from '@vigie/collectors'
import { recordset, rowsOf, type Identity, type Tx } from '@vigie/db'
import { sql } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { prepareEvidence, recordEvidenceOfMany } from '../evidence/record-evidence.ts'
import { recordFailures, type CollectionFailure } from '../evidence/record-failure.ts'
import { noteNewestRun } from './note-newest-run.ts'
import { recordAvailability } from './record-availability.ts'
import { recordRuns } from './record-runs.ts'

/** Establishments of one transaction. */
const BATCH = 500

export interface CollectionReport {
  readonly collector: string
  readonly outcome: CollectorRun['outcome']
  readonly error: string | null
  readonly etablissements: number
  readonly observations: number
  /** Shares of availability kept: services of establishments, by span. */
  readonly availabilities: number
  /** Observations of UAIs that the annuaire does not hold: counted, not fatal. */
  readonly unknownUais: readonly string[]
  /** Establishments for which at least one key is recorded as failed. */
  readonly failed: number
}

/**
 * Records what a collector brought back, under its name in this deployment (`prometheus:rectorat`). A key that failed is
 * recorded as failed for the establishments it names, or for all those that this collector had informed.
 */
export async function recordCollection(
  ctx: Context,
  identity: Identity,
  name: string,
  run: CollectorRun,
): Promise<CollectionReport> {
  const byUai = Map.groupBy(run.evidence, ({ uai }) => uai)
  const told = new Set([...byUai.keys(), ...run.availability.map(({ uai }) => uai)])
  const known = await knownUais(ctx, identity, [...told])
  const unknownUais = [...told].filter((uai) => !known.has(uai))
  for (const uai of unknownUais) byUai.delete(uai)
  const failures = await failuresOf(ctx, identity, name, run.failures)
  const evidence = [...byUai.values()].flat()
  await prepareEvidence(ctx, evidence)
  const uais = [...new Set([...byUai.keys(), ...failures.keys()])].toSorted()
  for (let start = 0; start < uais.length; start += BATCH) {
    const batch = uais.slice(start, start + BATCH)
    await write(ctx, identity, async (tx) => {
      await recordBySource(
        tx,
        ctx,
        name,
        batch.flatMap((uai) => byUai.get(uai) ?? []),
      )
      for (const { reason, items } of byReason(batch, failures)) {
        await recordFailures(tx, ctx, items, name, reason)
      }
      await recordRuns(tx, ctx, name, run, batch, byUai, failures)
    })
  }
  const availability = run.availability.filter(({ uai }) => known.has(uai))
  await recordAvailability(ctx, identity, name, availability)
  const report = {
    collector: name,
    outcome: run.outcome,
    error: run.error,
    etablissements: byUai.size,
    observations: evidence.length,
    availabilities: availability.length,
    unknownUais,
    failed: failures.size,
  }
  await write(ctx, identity, async (tx) => {
    await noteNewestRun(tx, name, run)
    await record(tx, ctx, {
      action: 'collection.run',
      subject: { kind: 'collector', id: name },
      details: { ...report, unknownUais: unknownUais.length },
    })
  })
  return report
}

async function recordBySource(
  tx: Tx,
  ctx: Context,
  collector: string,
  evidence: readonly CollectedEvidence[],
): Promise<void> {
  for (const [source, observations] of Map.groupBy(evidence, (item) => item.source)) {
    await recordEvidenceOfMany(tx, ctx, observations, { source, collector })
  }
}

async function knownUais(
  ctx: Context,
  identity: Identity,
  uais: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = recordset(
    uais.map((uai) => ({ uai })),
    'r(uai text)',
  )
  const result = await ctx.db.transact(identity, (tx) =>
    tx.execute(sql`select e.uai from ${rows} join etablissement e on e.uai = r.uai`),
  )
  return new Set(rowsOf<{ uai: string }>(result).map(({ uai }) => uai))
}

/** Per establishment, the failed keys with their reason. */
export type FailuresByUai = ReadonlyMap<string, ReadonlyMap<FailedKeys['keys'][number], string>>

async function failuresOf(
  ctx: Context,
  identity: Identity,
  collector: string,
  failures: readonly FailedKeys[],
): Promise<FailuresByUai> {
  const found = new Map<string, Map<FailedKeys['keys'][number], string>>()
  const add = (uai: string, key: FailedKeys['keys'][number], reason: string) => {
    const keys = found.get(uai) ?? new Map<FailedKeys['keys'][number], string>()
    found.set(uai, keys.set(key, reason))
  }
  for (const { keys, uais, reason } of failures) {
    if (uais === 'all') {
      for (const { uai, key } of await informed(ctx, identity, collector, keys)) {
        const failed = keys.find((known) => known === key)
        if (failed) add(uai, failed, reason)
      }
      continue
    }
    for (const uai of await knownUais(ctx, identity, uais)) {
      for (const key of keys) add(uai, key, reason)
    }
  }
  return found
}

/** What this collector has informed before: whose latest value, or whose latest failure, is its own. */
async function informed(ctx: Context, identity: Identity, collector: string, keys: FailedKeys['keys']) {
  const rows = recordset(
    keys.map((key) => ({ key })),
    'r(key text)',
  )
  const result = await ctx.db.transact(identity, (tx) =>
    tx.execute(sql`
      select c.uai, c.key from evidence_current c join ${rows} on c.key = r.key where c.collector = ${collector}
      union
      select f.uai, f.key from collection_failure f join ${rows} on f.key = r.key where f.collector = ${collector}`),
  )
  return rowsOf<{ uai: string; key: string }>(result)
}

function byReason(
  uais: readonly string[],
  failures: FailuresByUai,
): readonly { reason: string; items: CollectionFailure[] }[] {
  const groups = new Map<string, CollectionFailure[]>()
  for (const uai of uais) {
    const keysByReason = Map.groupBy(failures.get(uai) ?? [], ([, reason]) => reason)
    for (const [reason, pairs] of keysByReason) {
      const items = groups.get(reason) ?? []
      groups.set(reason, items)
      items.push({ uai, keys: pairs.map(([key]) => key) })
    }
  }
  return [...groups].map(([reason, items]) => ({ reason, items }))
}
