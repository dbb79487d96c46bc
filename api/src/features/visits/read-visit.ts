import { schema } from '@vigie/db'
import { questionOf, SERVICES, serviceOf, type RequirementId } from '@vigie/rules'
import { and, eq, isNull } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { nameAuthors } from '../bordereaux/people.ts'
import { findCampaign } from '../campaigns/find-campaign.ts'
import { standingsOf, type Standing } from '../conformity/standing.ts'
import { findEtablissement } from '../etablissements/find-etablissement.ts'
import { findingsWhere } from '../findings/findings-where.ts'
import { presentFindings } from '../findings/present-findings.ts'
import { answersOf, presentAnswer, type AnswerRow } from './answers.ts'
import { checklistOf, findVisit, mayWorkOn } from './find-visit.ts'
import type { Visit } from './schema.ts'
import { presentSummaries, summaryRows } from './summarise-visits.ts'

/** A visit with its whole checklist: all that a tablet needs once the network is gone. Errors: `forbidden`, `not_found`. */
export async function readVisit(ctx: Context, id: string): Promise<Visit> {
  const identity = authorise(ctx.actor, 'campaign:read')
  const read = await ctx.db.transact(identity, async (tx) => {
    const visit = await findVisit(tx, id)
    const { arbitration, finding } = schema
    const entered = await tx
      .select({ requirement: arbitration.requirement })
      .from(arbitration)
      .where(and(eq(arbitration.visitId, id), isNull(arbitration.withdrawnAt)))
    return {
      visit,
      campaign: visit.campaignId === null ? null : await findCampaign(tx, visit.campaignId),
      summary: await summaryRows(tx, [id]),
      checklist: await checklistOf(tx, visit),
      standings: await standingsOf(tx, await findEtablissement(tx, visit.uai)),
      answers: await answersOf(tx, id),
      entered: new Set(entered.map(({ requirement }) => requirement)),
      findings: await findingsWhere(tx, eq(finding.visitId, id)),
    }
  })
  const [summary] = await presentSummaries(ctx, read.summary)
  if (!summary)
    throw new AppError('not_found', 'Cette visite n’existe pas, ou n’est pas dans votre périmètre.')
  const nameOf = await nameAuthors(
    ctx,
    read.answers.map(({ answeredBy }) => answeredBy),
  )
  const wanted = new Set<string>(read.checklist)
  const items = read.standings
    .filter((standing) => wanted.has(standing.id))
    .map((standing) => ({
      ...itemOf(standing, read.answers, nameOf),
      entered: read.entered.has(standing.id),
    }))
  return {
    ...summary,
    mayWork: mayWorkOn(ctx, read.visit) && read.visit.closedAt === null,
    mayReopen:
      mayWorkOn(ctx, read.visit) && read.visit.closedAt !== null && read.campaign?.state !== 'closed',
    services: SERVICES.map(({ id: service, name }) => ({
      id: service,
      name,
      items: items.filter((item) => serviceOf(item.requirement as RequirementId) === service),
    })).filter((service) => service.items.length > 0),
    findings: await presentFindings(ctx, read.findings),
  }
}

function itemOf(standing: Standing, answers: readonly AnswerRow[], nameOf: (id: string) => string) {
  const own = answers.filter(({ requirement }) => requirement === standing.id)
  const answer = own.find((row) => row.standing)
  const question = questionOf(standing.id)
  return {
    requirement: standing.id,
    function: standing.function,
    statement: standing.statement,
    level: standing.level,
    question: question?.question ?? null,
    help: question?.help ?? null,
    status: standing.status,
    basis: standing.basis,
    reason: standing.reason,
    party: standing.party,
    answer: answer ? presentAnswer(answer, nameOf) : null,
    conflicts: own.filter((row) => row.conflictsWith !== null).map((row) => presentAnswer(row, nameOf)),
  }
}
