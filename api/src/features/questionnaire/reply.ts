import { schema, type Tx } from '@vigie/db'
import type { DecidedVerdict } from '@vigie/db/schema'
import type { RequirementId } from '@vigie/rules'
import { and, desc, eq, gt, isNull } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { declareIn } from '../declarations/declare-in.ts'
import { findOpenEtablissement, personOf } from '../declarations/target.ts'
import { withdrawIn } from '../declarations/withdraw-declaration.ts'
import { evaluateEtablissements } from '../evaluation/evaluate-etablissements.ts'
import { isRecent, loadRun, openRun, type ReplyRow } from './run.ts'
import type { ReplyAnswer, ReplyInput } from './schema.ts'
import { nextOf, planRun } from './steps.ts'

const { declaration, declarationProof, questionnaireReply } = schema

/** Shown where nothing was typed: a declaration always says something. */
export const NO_COMMENT = 'Réponse au questionnaire guidé, sans commentaire.'
const LEAST_REASON = 10

const isDecided = (reply: ReplyInput['reply']): reply is DecidedVerdict =>
  reply !== 'do_not_know' && reply !== 'later'

/**
 * Replies to one question of the run under way. A decided reply is a declaration of the establishment; another reply to
 * the same question takes back the one before. Errors: `forbidden`, `not_found`, `conflict` when no run is under way,
 * `invalid_input` when « sans objet » has no reason or a proof is not held.
 */
export async function reply(
  ctx: Context,
  target: { readonly uai: string; readonly requirement: RequirementId },
  input: ReplyInput,
): Promise<ReplyAnswer> {
  const identity = authorise(ctx.actor, 'declaration:write')
  personOf(ctx)
  const { requirement } = target
  const { place, moved } = await write(ctx, identity, async (tx) => {
    const found = await findOpenEtablissement(tx, target.uai)
    const run = await openRun(tx, found.uai)
    checkReason(input)
    const changed = await change(tx, ctx, { uai: found.uai, runId: run.id, requirement }, input)
    return { place: found, moved: changed }
  })
  if (moved) await evaluateEtablissements(ctx, [place.uai])
  const now = ctx.clock.now()
  const state = await ctx.db.transact(identity, (tx) => loadRun(tx, place, now))
  return {
    requirement,
    reply: input.reply,
    status: state.statuses.get(requirement)?.status ?? 'unknown',
    next: nextOf(planRun(state, place.degree, now).steps, requirement),
  }
}

function checkReason({ reply: said, comment = '' }: ReplyInput): void {
  if (said !== 'not_applicable' || comment.length >= LEAST_REASON) return
  const detail =
    'Dites en une phrase pourquoi la question est sans objet chez vous : le responsable de la sécurité la lira.'
  throw new AppError('invalid_input', detail, { errors: [{ pointer: '/comment', detail }] })
}

interface Replying {
  readonly uai: string
  readonly runId: string
  readonly requirement: RequirementId
}

/** Out: whether what the establishment declares has moved. */
async function change(tx: Tx, ctx: Context, at: Replying, input: ReplyInput): Promise<boolean> {
  const { uai, runId, requirement } = at
  const ofQuestion = and(
    eq(questionnaireReply.questionnaireId, runId),
    eq(questionnaireReply.requirement, requirement),
  )
  const [before] = await tx.select().from(questionnaireReply).where(ofQuestion)
  const counting = await countingDeclarations(tx, ctx, at)
  if (before && (await isSame(tx, before, input, counting[0]?.id))) return false
  const declared = counting.find(({ id }) => id === before?.declarationId)?.id ?? null
  if (declared !== null) await withdrawIn(tx, ctx, { uai, requirement, declarationId: declared })
  const said = isDecided(input.reply)
    ? await declareIn(tx, ctx, {
        ...{ uai, requirement, verdict: input.reply, origin: 'questionnaire' },
        comment: input.comment || NO_COMMENT,
        proofIds: input.proofIds,
      })
    : null
  const row = {
    reply: input.reply,
    declarationId: said?.id ?? null,
    comment: input.comment || null,
    repliedAt: ctx.clock.now(),
    repliedBy: personOf(ctx),
  }
  await tx
    .insert(questionnaireReply)
    .values({ questionnaireId: runId, requirement, ...row })
    .onConflictDoUpdate({
      target: [questionnaireReply.questionnaireId, questionnaireReply.requirement],
      set: row,
    })
  await record(tx, ctx, {
    action: 'questionnaire.reply',
    subject: { kind: 'requirement', id: requirement },
    uai,
    details: { questionnaire: runId, reply: input.reply },
  })
  return declared !== null || said !== null
}

/** Declarations in force that a run does not ask to confirm, newest first. */
async function countingDeclarations(tx: Tx, ctx: Context, { uai, requirement }: Replying) {
  const now = ctx.clock.now()
  const rows = await tx
    .select({ id: declaration.id, declaredAt: declaration.declaredAt })
    .from(declaration)
    .where(
      and(
        eq(declaration.uai, uai),
        eq(declaration.requirement, requirement),
        isNull(declaration.withdrawnAt),
        gt(declaration.expiresAt, now),
      ),
    )
    .orderBy(desc(declaration.declaredAt), desc(declaration.id))
  return rows.filter((row) => isRecent(row, now))
}

/** A form sent twice says the same thing once, as long as it still counts. */
async function isSame(
  tx: Tx,
  before: ReplyRow,
  input: ReplyInput,
  counting: string | undefined,
): Promise<boolean> {
  if (before.reply !== input.reply || (before.comment ?? '') !== (input.comment ?? '')) return false
  if (before.declarationId === null) return true
  if (before.declarationId !== counting) return false
  const cited = await tx
    .select({ proofId: declarationProof.proofId })
    .from(declarationProof)
    .where(eq(declarationProof.declarationId, before.declarationId))
  const held = new Set(cited.map(({ proofId }) => proofId))
  const given = new Set(input.proofIds ?? [])
  return held.size === given.size && [...given].every((id) => held.has(id))
}
