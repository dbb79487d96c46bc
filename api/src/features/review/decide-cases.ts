import type { schema, Tx } from '@vigie/db'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { evidenceSeen } from '../arbitrations/before-evaluation.ts'
import { decideAlone, LONGEST_ARBITRATION_MONTHS, settle } from '../arbitrations/settle.ts'
import { fingerprint } from '../bordereaux/stored-file.ts'
import { refuseUnlessSeen } from '../conformity/seen.ts'
import { expiryWithin, personOf } from '../declarations/target.ts'
import { approveIn } from '../derogations/approve-derogation.ts'
import { findDerogation } from '../derogations/find-derogation.ts'
import { refuseIn } from '../derogations/refuse-derogation.ts'
import { decideDisputeIn } from '../disputes/decide-dispute.ts'
import { findOpenDispute } from '../disputes/find-dispute.ts'
import { evaluateEtablissements } from '../evaluation/evaluate-etablissements.ts'
import { loadStates } from '../evaluation/stored.ts'
import { markDue } from '../evidence/mark-due.ts'
import { effectOf } from './effect.ts'
import { checkOutcome, resolveCases, type Resolution, type Resolved } from './resolve-cases.ts'
import type { Decided, DecisionsInput } from './schema.ts'
import { addressesOf, tellDerogation, tellDispute, type Addresses } from './tell-decision.ts'
import { writeBatch } from './write-batch.ts'

const WORKER = { role: 'vigie_worker' } as const
const PERMISSION = {
  contradiction: 'arbitration:write',
  derogation: 'derogation:approve',
  dispute: 'dispute:decide',
} as const
type BatchKind = (typeof schema.reviewBatch.$inferInsert)['kind']

const batchKindOf = ({ kind, outcome }: DecisionsInput): BatchKind =>
  kind === 'contradiction'
    ? 'arbitration'
    : kind === 'dispute'
      ? 'dispute'
      : outcome === 'approve'
        ? 'derogation_approval'
        : 'derogation_refusal'

/**
 * Decides one or several cases of the queue alike, as one batch that can be undone. With `preview`, writes nothing and
 * says what would change, by the rules. What waits no more is skipped, with why. Errors: `forbidden`, `invalid_input`,
 * `conflict` when no case is left to decide, or not as it was seen.
 */
export async function decideCases(ctx: Context, input: DecisionsInput): Promise<Decided> {
  const identity = authorise(ctx.actor, PERMISSION[input.kind])
  const by = personOf(ctx)
  checkOutcome(input)
  const until =
    input.expiresAt === undefined ? null : expiryWithin(ctx, input.expiresAt, LONGEST_ARBITRATION_MONTHS)
  if (input.preview) {
    const { resolution, seen } = await ctx.db.transact(identity, async (tx) => {
      const found = await resolveCases(tx, ctx, input)
      return {
        resolution: found,
        seen: await evidenceSeen(
          tx,
          ctx,
          found.cases.map(({ row }) => row),
        ),
      }
    })
    refuseNothing(resolution)
    oneAcademie(resolution.cases)
    return previewOf(ctx, input, resolution, { until, seen })
  }
  const addresses = await addressesOf(ctx, {
    derogations: input.kind === 'derogation' ? input.cases : [],
    disputes: input.kind === 'dispute' ? input.cases : [],
  })
  const batchId = ctx.random.uuid()
  const { cases, skipped } = await write(ctx, identity, async (tx) => {
    await decideAlone(tx)
    const resolution = await resolveCases(tx, ctx, input)
    refuseNothing(resolution)
    refuseUnlessPreviewed(input, resolution)
    for (const { row } of resolution.cases) await refuseUnlessSeen(tx, row, input.seen)
    const academie = oneAcademie(resolution.cases)
    for (const resolved of resolution.cases)
      await decideOne(tx, ctx, input, resolved, { by, batchId, until, addresses })
    await writeBatch(tx, ctx, {
      ...{ id: batchId, academie, kind: batchKindOf(input), reason: input.reason ?? '' },
      ...{ decisions: resolution.cases.length, decidedBy: by },
    })
    await markDue(tx, uaisOf(resolution.cases), ctx.clock.now())
    await record(tx, ctx, {
      action: 'review.decide',
      subject: { kind: 'review_batch', id: batchId },
      details: {
        kind: input.kind,
        outcome: input.outcome,
        cases: resolution.cases.map(({ row }) => `${row.uai} ${row.requirement}`),
      },
    })
    return resolution
  })
  await evaluateEtablissements(ctx, uaisOf(cases))
  return { batchId, decided: cases.length, skipped, effect: null, fingerprint: null }
}

interface Deciding {
  readonly by: string
  readonly batchId: string
  readonly until: Date | null
  readonly addresses: Addresses
}

async function decideOne(
  tx: Tx,
  ctx: Context,
  input: DecisionsInput,
  { row, etablissement, verdict }: Resolved,
  { by, batchId, until, addresses }: Deciding,
): Promise<void> {
  const reason = input.reason ?? ''
  const { uai, requirement } = row
  if (input.kind === 'contradiction') {
    if (verdict === null || until === null) throw new Error('a checked arbitration lacks its verdict')
    await settle(tx, ctx, { uai, requirement, verdict, reason, author: by, expiresAt: until, batchId })
    return
  }
  if (input.kind === 'dispute') {
    const decided = await decideDisputeIn(tx, ctx, await findOpenDispute(tx, row.case), {
      ...{ by, batchId, reason, verdict: verdict ?? undefined, expiresAt: input.expiresAt },
      decision: input.outcome === 'accept' ? 'accepted' : 'refused',
    })
    return tellDispute(tx, ctx, etablissement, decided, addresses)
  }
  const asked = await findDerogation(tx, uai, row.case)
  const decided =
    input.outcome === 'approve'
      ? await approveIn(tx, ctx, asked, etablissement.degree, { by, batchId, expiresAt: input.expiresAt })
      : await refuseIn(tx, ctx, asked, { by, batchId, reason })
  await tellDerogation(tx, ctx, etablissement, decided, addresses)
}

async function previewOf(
  ctx: Context,
  input: DecisionsInput,
  resolution: Resolution,
  { until, seen }: { readonly until: Date | null; readonly seen: Awaited<ReturnType<typeof evidenceSeen>> },
): Promise<Decided> {
  const { cases, skipped } = resolution
  const states = await ctx.db.transact(WORKER, (tx) => loadStates(tx, uaisOf(cases)))
  const refused = input.outcome === 'refuse'
  const intended = cases.map((resolved) => ({
    ...resolved,
    reason: input.reason ?? '',
    expiresAt: refused ? null : (until?.getTime() ?? Date.parse(resolved.row.until ?? '')),
    evidenceAt: seen(resolved.row)?.getTime() ?? null,
  }))
  const effect = effectOf(states, intended, ctx.clock.now().getTime())
  return {
    ...{ batchId: null, decided: cases.length, skipped, effect },
    fingerprint: fingerprintOf(input, resolution),
  }
}

/** Tells one decision from another: what is decided, until when, of which cases, and where each of them stands. */
const fingerprintOf = ({ kind, outcome, expiresAt }: DecisionsInput, { cases }: Resolution): string =>
  fingerprint(
    Buffer.from(
      JSON.stringify([
        ...[kind, outcome, expiresAt ?? null],
        cases.map(({ row, verdict }) => [row.case, verdict, row.observed, row.declared?.verdict, row.until]),
      ]),
    ),
  )

function refuseUnlessPreviewed(input: DecisionsInput, resolution: Resolution): void {
  if (input.previewed === undefined || input.previewed === fingerprintOf(input, resolution)) return
  throw new AppError(
    'conflict',
    'Ce qui serait décidé n’est plus ce que montrait l’aperçu : un cas ou votre choix a changé depuis. Rien n’est écrit. Regardez de nouveau ce qui changerait, puis appliquez.',
  )
}

const uaisOf = (cases: readonly Resolved[]): string[] =>
  [...new Set(cases.map(({ row }) => row.uai))].toSorted()

function refuseNothing({ cases, skipped }: Resolution): void {
  if (cases.length > 0) return
  const [first] = skipped
  throw new AppError(
    'conflict',
    skipped.length === 1 && first
      ? `Il n’y a rien à décider. ${first.why}`
      : 'Aucun de ces cas n’attend encore de décision : rechargez la file.',
  )
}

function oneAcademie(cases: readonly Resolved[]): string {
  const academies = new Set(cases.map(({ etablissement }) => etablissement.academie))
  const [academie] = academies
  if (academie === undefined || academies.size > 1)
    throw new AppError(
      'conflict',
      'Ces cas relèvent de plusieurs académies : décidez-les académie par académie.',
    )
  return academie
}
