import { schema, type Tx } from '@vigie/db'
import { isRequirementId, responsibleParty, type Party } from '@vigie/rules'
import { and, eq } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { recountProgress } from '../campaigns/recount-progress.ts'
import { sharingOf } from '../conformity/standing.ts'
import { findOpenEtablissement, personOf } from '../declarations/target.ts'
import { holdProofs } from '../proofs/attach-proofs.ts'
import type { FindingInput } from './schema.ts'

/**
 * Records what an officer found at an establishment; it belongs to who must act by the sharing table, unless someone is
 * named. Under an identifier that the tablet made, it counts once however often it is sent. Errors: `forbidden`,
 * `not_found`, `invalid_input`, `conflict` when the identifier is another finding's.
 */
export async function recordFinding(
  ctx: Context,
  target: { readonly uai: string },
  input: FindingInput,
): Promise<{ id: string; recorded: boolean }> {
  const identity = authorise(ctx.actor, 'finding:write')
  const createdBy = personOf(ctx)
  const id = input.id ?? ctx.random.uuid()
  return write(ctx, identity, async (tx) => {
    const place = await findOpenEtablissement(tx, target.uai)
    const campaignId = await campaignOf(tx, place.uai, input.visitId)
    const proofIds = await holdProofs(tx, place.uai, input.proofIds)
    const inserted = await tx
      .insert(schema.finding)
      .values({
        id,
        uai: place.uai,
        requirement: input.requirement,
        campaignId,
        visitId: input.visitId,
        nature: input.nature,
        description: input.description,
        party: input.party ?? (await defaultParty(tx, place, input.requirement)),
        dueOn: input.dueOn,
        state: 'open',
        createdAt: ctx.clock.now(),
        createdBy,
      })
      .onConflictDoNothing()
      .returning({ id: schema.finding.id })
    if (inserted.length === 0) return alreadyThere(tx, id, place.uai)
    await cite(tx, id, proofIds)
    if (campaignId !== null) await recountProgress(tx, { uais: [place.uai] }, ctx.clock.now())
    await record(tx, ctx, {
      action: 'finding.record',
      subject: { kind: 'finding', id },
      uai: place.uai,
      details: {
        requirement: input.requirement,
        nature: input.nature,
        visit: input.visitId,
        proofs: proofIds.length,
      },
    })
    return { id, recorded: true }
  })
}

/** Adds proofs to a finding; those that it has already stay once. */
export async function cite(tx: Tx, findingId: string, proofIds: readonly string[]): Promise<void> {
  if (proofIds.length === 0) return
  await tx
    .insert(schema.findingProof)
    .values(proofIds.map((proofId) => ({ findingId, proofId })))
    .onConflictDoNothing()
}

async function campaignOf(tx: Tx, uai: string, visitId: string | null): Promise<string | null> {
  if (visitId === null) return null
  const [found] = await tx
    .select({ campaignId: schema.visit.campaignId })
    .from(schema.visit)
    .where(and(eq(schema.visit.id, visitId), eq(schema.visit.uai, uai)))
  if (found) return found.campaignId
  const detail = 'Cette visite n’est pas de cet établissement.'
  throw new AppError('invalid_input', detail, { errors: [{ pointer: '/visitId', detail }] })
}

async function defaultParty(
  tx: Tx,
  place: { readonly academie: string; readonly degree: 'd1' | 'd2' },
  requirement: string | null,
): Promise<Party> {
  if (requirement === null || !isRequirementId(requirement)) return 'etablissement'
  return responsibleParty(requirement, place.degree, await sharingOf(tx, place))
}

async function alreadyThere(tx: Tx, id: string, uai: string): Promise<{ id: string; recorded: false }> {
  const [held] = await tx
    .select({ uai: schema.finding.uai })
    .from(schema.finding)
    .where(eq(schema.finding.id, id))
  if (held?.uai === uai) return { id, recorded: false }
  throw new AppError('conflict', 'Cet identifiant sert déjà à un autre constat.')
}
