import { rowsOf, schema, type Tx } from '@vigie/db'
import type { DecidedVerdict } from '@vigie/db/schema'
import { checkFor, isRequirementId, knownToAnswer, ON_SITE, type EvidenceKey } from '@vigie/rules'
import { and, asc, eq, sql } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { monthsAfter } from '../declarations/target.ts'
import type { AnswerRow } from './answers.ts'
import type { VisitRow } from './find-visit.ts'

/** How long what was seen on site counts, as a declaration does. */
const MONTHS = 12

const FRENCH = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long', timeZone: 'UTC' })

const reasonOf = ({ comment }: AnswerRow, visitedOn: string): string => {
  const day = FRENCH.format(new Date(`${visitedOn}T00:00:00Z`)).replace(/^1 /, '1er ')
  return comment === '' ? `${ON_SITE} le ${day}.` : `${ON_SITE} le ${day} : ${comment}`
}

/**
 * Makes a decision of each answer that stands, in the caller's transaction. A decision of the RSSI that is in force is
 * never replaced, nor what another visit saw later. Out: requirements entered, and those left as they were decided.
 */
export async function enterAnswers(
  tx: Tx,
  ctx: Context,
  visit: VisitRow,
): Promise<{ entered: string[]; left: string[] }> {
  const { visitAnswer, arbitration } = schema
  const answers = await tx
    .select()
    .from(visitAnswer)
    .where(and(eq(visitAnswer.visitId, visit.id), eq(visitAnswer.standing, true)))
    .orderBy(asc(visitAnswer.requirement))
  const now = ctx.clock.now()
  const decided = await decidedOtherwise(tx, visit, now)
  const observed = await observedAt(tx, visit.uai)
  const evidence = await newestEvidence(tx, visit.uai)
  const kept = answers.filter(({ requirement }) => !decided.has(requirement))
  if (kept.length > 0)
    await tx.insert(arbitration).values(
      kept.map((answer) => {
        const known = knownToAnswer({
          verdict: answer.verdict,
          answeredAt: answer.answeredAt.getTime(),
          observedVerdict: observed.get(answer.requirement) ?? 'unknown',
          evidenceAt: evidence(answer.requirement),
        })
        return {
          id: ctx.random.uuid(),
          uai: visit.uai,
          requirement: answer.requirement,
          verdict: answer.verdict,
          observedVerdict: known.observedVerdict,
          evidenceAt: known.evidenceAt === null ? null : new Date(known.evidenceAt),
          reason: reasonOf(answer, visit.visitedOn),
          author: answer.answeredBy,
          decidedAt: now,
          expiresAt: monthsAfter(now, MONTHS),
          visitId: visit.id,
        }
      }),
    )
  return {
    entered: kept.map(({ requirement }) => requirement),
    left: answers.flatMap(({ requirement }) => (decided.has(requirement) ? [requirement] : [])),
  }
}

/** Requirements whose newest decision is in force, and is the RSSI's own or that of a visit which looked later. */
async function decidedOtherwise(tx: Tx, { id, uai }: VisitRow, now: Date): Promise<ReadonlySet<string>> {
  const found = await tx.execute(sql`
    select newest.requirement from (
      select distinct on (requirement) requirement, visit_id, expires_at from arbitration
      where uai = ${uai} and withdrawn_at is null order by requirement, decided_at desc
    ) newest
    left join visit_answer theirs
      on theirs.visit_id = newest.visit_id and theirs.requirement = newest.requirement and theirs.standing
    left join visit_answer own
      on own.visit_id = ${id} and own.requirement = newest.requirement and own.standing
    where newest.expires_at > ${now.toISOString()}::timestamptz
      and (newest.visit_id is null or theirs.answered_at > own.answered_at)`)
  return new Set(rowsOf<{ requirement: string }>(found).map(({ requirement }) => requirement))
}

async function observedAt(tx: Tx, uai: string): Promise<ReadonlyMap<string, DecidedVerdict | 'unknown'>> {
  const { requirementStatus } = schema
  const rows = await tx
    .select({ requirement: requirementStatus.requirement, verdict: requirementStatus.verdict })
    .from(requirementStatus)
    .where(eq(requirementStatus.uai, uai))
  return new Map(rows.map(({ requirement, verdict }) => [requirement, verdict]))
}

/** Out: a way to tell the newest evidence behind a requirement, epoch ms; null when there is none. */
async function newestEvidence(tx: Tx, uai: string): Promise<(requirement: string) => number | null> {
  const { evidenceCurrent } = schema
  const rows = await tx
    .select({ key: evidenceCurrent.key, observedAt: evidenceCurrent.observedAt })
    .from(evidenceCurrent)
    .where(eq(evidenceCurrent.uai, uai))
  const atKey = new Map(rows.map(({ key, observedAt: at }) => [key, at.getTime()]))
  return (requirement) => {
    const needs: readonly EvidenceKey[] = isRequirementId(requirement)
      ? (checkFor(requirement)?.needs ?? [])
      : []
    const instants = needs.flatMap((key) => atKey.get(key) ?? [])
    return instants.length === 0 ? null : Math.max(...instants)
  }
}
