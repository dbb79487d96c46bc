import { schema, type Tx } from '@vigie/db'
import {
  RECENT_DAYS,
  requirementById,
  REQUIREMENTS,
  type Degree,
  type QuestionnaireStanding,
  type RequirementId,
} from '@vigie/rules'
import { and, desc, eq, gt, isNull, sql } from 'drizzle-orm'
import { AppError } from '../../errors.ts'

const DAY_MS = 86_400_000
const { declaration, questionnaire, questionnaireReply, requirementStatus } = schema

export type Run = typeof questionnaire.$inferSelect
export type ReplyRow = typeof questionnaireReply.$inferSelect
export type DeclarationRow = typeof declaration.$inferSelect
export type StatusRow = typeof requirementStatus.$inferSelect

/** All that a run is planned from. */
export interface RunState {
  /** Open, else the last one. */
  readonly run: Run | null
  /** Of an open run, without those whose declaration was taken back, has expired or is to be confirmed. */
  readonly replies: ReadonlyMap<string, ReplyRow>
  readonly statuses: ReadonlyMap<string, StatusRow>
  /** The declaration that counts, by requirement. */
  readonly declared: ReadonlyMap<string, DeclarationRow>
  readonly standings: readonly QuestionnaireStanding[]
}

/** The newest run of an establishment; an open one is always the newest. */
export async function newestRun(tx: Tx, uai: string): Promise<Run | null> {
  const [row] = await tx
    .select()
    .from(questionnaire)
    .where(eq(questionnaire.uai, uai))
    .orderBy(
      sql`${questionnaire.closedAt} is null desc`,
      desc(questionnaire.startedAt),
      desc(questionnaire.id),
    )
    .limit(1)
  return row ?? null
}

/** The open run, held until the end of the transaction. Errors: `conflict` when there is none. */
export async function openRun(tx: Tx, uai: string): Promise<Run> {
  const [row] = await tx
    .select()
    .from(questionnaire)
    .where(and(eq(questionnaire.uai, uai), isNull(questionnaire.closedAt)))
    .for('update')
  if (row) return row
  throw new AppError('conflict', 'Aucun questionnaire n’est en cours ici : commencez-en un, puis répondez.')
}

/** In: an establishment. Out: its newest run with its replies, and what it is planned from, at `now`. */
export async function loadRun(
  tx: Tx,
  { uai, degree }: { readonly uai: string; readonly degree: Degree },
  now: Date,
): Promise<RunState> {
  const run = await newestRun(tx, uai)
  const replyRows = run
    ? await tx.select().from(questionnaireReply).where(eq(questionnaireReply.questionnaireId, run.id))
    : []
  const statusRows = await tx.select().from(requirementStatus).where(eq(requirementStatus.uai, uai))
  const declarations = await tx
    .select()
    .from(declaration)
    .where(and(eq(declaration.uai, uai), isNull(declaration.withdrawnAt), gt(declaration.expiresAt, now)))
    .orderBy(desc(declaration.declaredAt), desc(declaration.id))
  const open = run !== null && run.closedAt === null
  const recent = new Set(declarations.filter((row) => isRecent(row, now)).map(({ id }) => id))
  const kept = open
    ? replyRows.filter(({ declarationId }) => declarationId === null || recent.has(declarationId))
    : replyRows
  const replies = new Map(kept.map((row) => [row.requirement, row]))
  const ofRun = new Set(open ? kept.map(({ declarationId }) => declarationId) : [])
  const statuses = new Map(statusRows.map((row) => [row.requirement, row]))
  const before = firstByRequirement(declarations.filter(({ id }) => !ofRun.has(id)))
  const standings = REQUIREMENTS.map(({ id, levels }) =>
    standingOf(id, levels[degree], {
      status: statuses.get(id),
      before: before.get(id),
      now,
      replied: open && replies.has(id),
    }),
  )
  return { run, replies, statuses, declared: firstByRequirement(declarations), standings }
}

/** What a run that stays open for long said is asked again, as a new run would ask it. */
export const isRecent = ({ declaredAt }: Pick<DeclarationRow, 'declaredAt'>, now: Date): boolean =>
  now.getTime() - declaredAt.getTime() < RECENT_DAYS * DAY_MS

function standingOf(
  requirement: RequirementId,
  level: QuestionnaireStanding['level'],
  known: { status: StatusRow | undefined; before: DeclarationRow | undefined; now: Date; replied: boolean },
): QuestionnaireStanding {
  const { status, before, now, replied } = known
  return {
    requirement,
    level,
    basis: status?.basis ?? 'none',
    derogated: status?.derogatedUntil != null && status.derogatedUntil > now,
    declaredAt: before?.declaredAt.getTime() ?? null,
    replied,
  }
}

/** Newest first in, newest kept. */
function firstByRequirement(rows: readonly DeclarationRow[]): Map<string, DeclarationRow> {
  const kept = new Map<string, DeclarationRow>()
  for (const row of rows) if (!kept.has(row.requirement)) kept.set(row.requirement, row)
  return kept
}

/** In: a requirement of the catalogue. Out: its statement. */
export const statementOf = (requirement: string): string => requirementById(requirement)?.statement ?? ''
