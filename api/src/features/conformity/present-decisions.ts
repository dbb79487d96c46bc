import type { Context } from '../../context.ts'
import { stateOf } from '../derogations/present.ts'
import type { EtablissementRow } from '../etablissements/find-etablissement.ts'
import { presentProofs } from '../proofs/present-proof.ts'
import { authorsOf, type Author } from './authors.ts'
import { flagsOf } from './decision-flags.ts'
import { peopleIn, type Decisions } from './decisions.ts'
import { iso } from './instants.ts'
import type { RequirementDetail } from './requirement-schema.ts'

type Presented = Pick<
  RequirementDetail,
  'declaration' | 'arbitration' | 'derogation' | 'dispute' | 'decisions'
>
type Named = (id: string | null) => Author | null

const inForce = (from: Date, until: Date, now: Date): boolean => from <= now && now < until

/** What people decided, with who they are and the proofs. Call it outside a transaction: names are read apart. */
export async function presentDecisions(
  ctx: Context,
  place: EtablissementRow,
  decisions: Decisions,
): Promise<Presented> {
  const now = ctx.clock.now()
  const authors = await authorsOf(ctx, place, peopleIn(decisions))
  const named: Named = (id) => (id === null ? null : (authors.get(id) ?? null))
  return {
    declaration: await presentDeclaration(ctx, decisions, named, now),
    arbitration: presentArbitration(decisions, named, now),
    derogation: presentDerogation(decisions, named, now),
    dispute: presentDispute(decisions, named),
    decisions: flagsOf(decisions, authors, now),
  }
}

async function presentDeclaration(
  ctx: Context,
  { declared, proofs }: Decisions,
  named: Named,
  now: Date,
): Promise<Presented['declaration']> {
  if (!declared) return null
  const author = named(declared.author)
  return {
    ...{ id: declared.id, verdict: declared.verdict, comment: declared.comment, origin: declared.origin },
    ...{ author: author?.name ?? null, authorFunction: author?.function ?? null },
    declaredAt: declared.declaredAt.toISOString(),
    expiresAt: declared.expiresAt.toISOString(),
    inForce: inForce(declared.declaredAt, declared.expiresAt, now),
    proofs: (await presentProofs(ctx, proofs)).map(
      ({ id, fileName, kind, description, effectiveOn, uploadedAt, uploadedBy, sizeBytes }) => ({
        ...{ id, fileName, kind, description, effectiveOn, uploadedAt, uploadedBy, sizeBytes },
      }),
    ),
  }
}

function presentArbitration(
  { arbitrated, disputes }: Decisions,
  named: Named,
  now: Date,
): Presented['arbitration'] {
  if (!arbitrated) return null
  const author = named(arbitrated.author)
  return {
    ...{ id: arbitrated.id, verdict: arbitrated.verdict, observedVerdict: arbitrated.observedVerdict },
    ...{ reason: arbitrated.reason, author: author?.name ?? null, authorFunction: author?.function ?? null },
    decidedAt: arbitrated.decidedAt.toISOString(),
    expiresAt: arbitrated.expiresAt.toISOString(),
    inForce: inForce(arbitrated.decidedAt, arbitrated.expiresAt, now),
    fromDispute: disputes.some(({ arbitrationId }) => arbitrationId === arbitrated.id),
    visitId: arbitrated.visitId,
  }
}

function presentDerogation({ derogated }: Decisions, named: Named, now: Date): Presented['derogation'] {
  if (!derogated) return null
  const { requestedBy, approvedBy, refusedBy } = derogated
  return {
    ...{ id: derogated.id, state: stateOf(derogated, now), justification: derogated.justification },
    requestedBy: named(requestedBy)?.name ?? null,
    requestedByFunction: named(requestedBy)?.function ?? null,
    requestedAt: derogated.requestedAt.toISOString(),
    approvedBy: named(approvedBy)?.name ?? null,
    approvedAt: iso(derogated.approvedAt),
    expiresAt: derogated.expiresAt.toISOString(),
    refusedBy: named(refusedBy)?.name ?? null,
    refusedAt: iso(derogated.refusedAt),
    refusalReason: derogated.refusalReason,
    withdrawnAt: iso(derogated.withdrawnAt),
    inForce: stateOf(derogated, now) === 'in_force',
  }
}

function presentDispute({ disputed }: Decisions, named: Named): Presented['dispute'] {
  if (!disputed) return null
  return {
    ...{ id: disputed.id, kind: disputed.kind, reason: disputed.reason },
    openedBy: named(disputed.openedBy)?.name ?? null,
    openedByFunction: named(disputed.openedBy)?.function ?? null,
    openedAt: disputed.openedAt.toISOString(),
    decision: disputed.decision,
    decisionReason: disputed.decisionReason,
    decidedBy: named(disputed.decidedBy)?.name ?? null,
    decidedAt: iso(disputed.decidedAt),
  }
}
