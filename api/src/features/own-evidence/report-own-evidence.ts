import { recordset, rowsOf, type Tx } from '@vigie/db'
import { sql } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { prepareEvidence, recordEvidenceOfMany, type EvidenceOrigin } from '../evidence/record-evidence.ts'
import { RESTORE_ORIGIN } from '../restore-tests/restore-age.ts'
import { ownProofs, type OwnProof } from './proofs.ts'
import { readPeople } from './read-people.ts'

const WORKER = { role: 'vigie_worker' } as const
export const OWN_ORIGIN = { source: 'Vigie', collector: 'vigie' } as const
/** A value that does not move is written again once in this delay, so that it stays fresh. */
const REWRITE_AFTER_HOURS = 60
const BATCH = 5_000

/** What moved or grows old; never what another system told and still holds. */
async function worthWriting(
  tx: Tx,
  proofs: readonly OwnProof[],
  { source }: EvidenceOrigin,
  at: Date,
): Promise<OwnProof[]> {
  const now = sql`${at.toISOString()}::timestamptz`
  const wanted = await tx.execute(sql`
    select r.position from ${recordset(
      proofs.map(({ uai, key, value }, position) => ({ position, uai, key, value })),
      'r(position int, uai text, key text, value jsonb)',
    )}
    left join evidence_current held on held.uai = r.uai and held.key = r.key
    where held.uai is null or held.expires_at <= ${now}
      or (held.source = ${source}::text and (held.value <> r.value
        or held.observed_at < ${now} - make_interval(hours => ${REWRITE_AFTER_HOURS}::int)))
    order by r.position`)
  return rowsOf<{ position: number }>(wanted).flatMap(({ position }) => proofs[position] ?? [])
}

async function keep(tx: Tx, ctx: Context, proofs: readonly OwnProof[], origin: EvidenceOrigin, at: Date) {
  let recorded = 0
  for (let start = 0; start < proofs.length; start += BATCH) {
    const fresh = await worthWriting(tx, proofs.slice(start, start + BATCH), origin, at)
    const observations = fresh.map((proof) => ({ ...proof, observedAt: at }))
    recorded += (await recordEvidenceOfMany(tx, ctx, observations, origin)).recorded
  }
  // Its tables were read for all: an establishment of which nothing moved has no silent collector.
  await tx.execute(sql`
    update collector_activity set last_success_at = ${at.toISOString()}::timestamptz
    where collector = ${origin.collector} and last_success_at < ${at.toISOString()}::timestamptz`)
  return recorded
}

/**
 * Records, for each establishment, what Vigie's own tables prove, and nothing that they do not. Out: how many
 * observations were new.
 */
export async function reportOwnEvidence(ctx: Context): Promise<number> {
  const at = ctx.clock.now()
  await prepareEvidence(ctx, [{ observedAt: at }])
  const people = await readPeople(ctx, at)
  return write(ctx, WORKER, async (tx) => {
    const { own, restored } = await ownProofs(tx, people, at)
    const recorded =
      (await keep(tx, ctx, own, OWN_ORIGIN, at)) + (await keep(tx, ctx, restored, RESTORE_ORIGIN, at))
    if (recorded > 0)
      await record(tx, ctx, {
        action: 'own_evidence.report',
        subject: { kind: 'collector', id: OWN_ORIGIN.collector },
        details: { recorded },
      })
    return recorded
  })
}
